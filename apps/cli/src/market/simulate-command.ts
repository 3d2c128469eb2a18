import { type Exchange, startExchange } from '@mercat/market-exchange/exchange'
import { randomFrom } from '@mercat/market-exchange/random'
import { type RunSimulationOptions, runSimulation } from '@mercat/market-exchange/run-simulation'
import { type SimulatedProduct, simulatedProducts } from '@mercat/market-exchange/simulated-products'
import { createSimulation, type Simulation } from '@mercat/market-exchange/simulation'
import { CommandError } from '../command/command-error.ts'
import { onStopSignal } from '../signals/stop-signal.ts'
import { readMovingProducts } from './moving-products.ts'
import { openRecord } from './record-file.ts'
import type { CurrencySwitch } from './simulate-values.ts'
import { writeSimulatedProducts } from './write-simulated-products.ts'

/** Shares are from 0 to 1. */
export type SimulateOptions = {
	port: number
	host: string
	products?: string
	skus?: number
	writeProducts?: string
	/** Ticks a second. */
	rate: number
	burst?: number
	jumps: number
	gaps: number
	reorder: number
	duplicates: number
	garbage: number
	/** A minute. */
	cuts?: number
	switchCurrency?: CurrencySwitch
	/** In milliseconds, as `clock` and `for`. */
	stuckAfter?: number
	clock: number
	keep: number
	seed: number
	record?: string
	for?: number
}

/**
 * Runs `mercat market simulate` until a signal comes, or the time is over.
 *
 * @throws CommandError when the port is taken, or a file cannot be read or written
 */
export async function runSimulate(options: SimulateOptions): Promise<void> {
	const stop = new AbortController()
	onStopSignal({ first: () => stop.abort(), again: () => process.exit() })
	const products = await findProducts(options)
	await using record = openRecord(options.record, () => stop.abort())
	const random = randomFrom(options.seed)
	const { gaps, duplicates, reorder: reordered, garbage, jumps, clock: clockOffsetMs } = options
	await using exchange = await startExchange({
		...{ host: options.host, port: options.port, keptMessages: options.keep, record: record.write },
		faults: { gaps, duplicates, reordered, garbage, random },
	}).catch((error) => explainPort(error, options))
	const simulation = createSimulation({ products, random, jumps, clockOffsetMs })
	console.log(describeStart(exchange, products, options))
	const timer = options.for === undefined ? undefined : setTimeout(() => stop.abort(), options.for)
	const settings: RunSimulationOptions = {
		...{ rate: options.rate, burst: options.burst, garbage, cutsPerMinute: options.cuts },
		plan: planOf(options, simulation),
		signal: stop.signal,
	}
	await runSimulation({ exchange, simulation, random }, settings)
	clearTimeout(timer)
	console.log(describeEnd(exchange))
}

async function findProducts({ skus, seed, products, writeProducts }: SimulateOptions): Promise<SimulatedProduct[]> {
	if (skus === undefined) {
		if (writeProducts !== undefined) throw new CommandError('--write-products needs --skus', { exitCode: 2 })
		return readMovingProducts(products)
	}
	const simulated = simulatedProducts(skus, seed)
	if (writeProducts !== undefined) await writeSimulatedProducts(writeProducts, simulated)
	return simulated
}

function planOf({ switchCurrency, stuckAfter }: SimulateOptions, simulation: Simulation) {
	return [
		...(switchCurrency === undefined
			? []
			: [{ afterMs: switchCurrency.afterMs, act: () => simulation.switchCurrency(switchCurrency.currency) }]),
		...(stuckAfter === undefined ? [] : [{ afterMs: stuckAfter, act: simulation.stick }]),
	]
}

function explainPort(error: NodeJS.ErrnoException, { host, port }: SimulateOptions): never {
	if (error.syscall !== 'listen') throw error
	const problem =
		error.code === 'EADDRINUSE' ? 'is taken: choose another one with --port' : `cannot be used: ${error.code}`
	throw new CommandError(`the port ${port} of ${host} ${problem}`, { cause: error })
}

function describeStart({ url }: Exchange, products: SimulatedProduct[], { rate }: SimulateOptions): string {
	const source = { name: 'simulated', url, allowPrivate: true }
	return [
		`an exchange at ${url} sends ${rate} ticks a second of ${products.length} products`,
		`for MARKET_SOURCES: ${JSON.stringify({ sources: [source] })}`,
	].join('\n')
}

function describeEnd(exchange: Exchange): string {
	const { messages, ticks, subscriptions, snapshots, cuts } = exchange.counts()
	return `${messages} messages with ${ticks} ticks published, ${subscriptions} subscriptions, ${snapshots} snapshots, ${cuts} connections cut`
}
