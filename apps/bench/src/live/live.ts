import type { Measure } from '../measures/measure.ts'
import { perSecond } from '../measures/order-load.ts'
import { type ObservedContestant, type RecordedTurns, recordTurns, type Turn } from '../measures/record-turns.ts'
import { type Bench, throwIfInterrupted } from '../running/bench.ts'
import { median, type Target } from '../running/measurement.ts'
import { residentBytes } from '../running/proc.ts'
import { measureAnalysisDelay } from './analysis-delay.ts'
import { measureBars } from './bars-beside-copy.ts'
import type { ExchangeJob } from './exchange-process.ts'
import { type LiveMarket, startLiveMarket } from './live-market.ts'
import { liveMeasurements } from './live-measurements.ts'
import { countedSince, meanMsSince } from './market-counts.ts'
import { besideTicks } from './orders-beside-ticks.ts'

const trialTicks = 20_000
// Half of the load that the market is to take.
const usualPerSecond = 10_000
const inTime: Target = { bound: 'at most', value: 500, aim: 150 }
const ticksBesideOrders = 5_000
const memorySamples = 20

/**
 * Ticks from the socket of an exchange to durable state, with all checks: as many as the market takes, and at constant rates, one
 * of them half of that, until a watcher of the catalog hears them. Then orders at half of their peak beside ticks, the memory after
 * many ticks, bars beside `COPY`, and the event loop during an analysis.
 */
export const live: Measure = {
	name: 'live',
	hasLongTurns: true,
	async run(bench) {
		const { ticks } = bench.options
		const ofMarket = await runMarket(bench)
		return [...liveMeasurements({ ...ofMarket, ticks }), await measureBars(bench), await measureAnalysisDelay(bench)]
	},
}

async function runMarket(bench: Bench) {
	await using running = await startLiveMarket(bench)
	const most = await asManyAsItTakes(bench, running)
	const halfPerSecond = Math.round(0.5 * median(most.turns.map(({ load }) => perSecond(load))))
	const flows = [
		{ ticksPerSecond: usualPerSecond, turns: await atAConstantRate(bench, running, usualPerSecond), target: inTime },
		{ ticksPerSecond: halfPerSecond, turns: await atAConstantRate(bench, running, halfPerSecond) },
	]
	const orders = await besideTicks(bench, running, ticksBesideOrders)
	return { most, flows, orders, residentMb: await fill(bench, running) }
}

async function asManyAsItTakes(bench: Bench, running: LiveMarket): Promise<RecordedTurns<TickTurn>> {
	const { databaseUrl } = running.market
	const burst = (ticks: number) => running.exchange.run({ burst: { ticks, databaseUrl } })
	await burst(trialTicks)
	const ticks = Math.round(perSecond(await burst(trialTicks)) * bench.options.seconds)
	return await recordTicks(bench, running, tickTurn(running, 'mercat', { burst: { ticks, databaseUrl } }))
}

async function atAConstantRate(bench: Bench, running: LiveMarket, ticksPerSecond: number) {
	const { databaseUrl } = running.market
	const { seconds } = bench.options
	const flow = { ticksPerSecond, seconds, watchAddress: running.shop.catalog.address, databaseUrl }
	const turn = tickTurn(running, `${ticksPerSecond} ticks/s`, { flow })
	return await recordTicks(bench, running, { ...turn, prepare: running.applied })
}

async function recordTicks(bench: Bench, { exchange }: LiveMarket, contestant: TickContestant) {
	const [recorded] = await recordTurns(bench, exchange, [contestant], describe)
	return recorded as RecordedTurns<TickTurn>
}

type TickTurn = Turn & {
	/** The prices that the catalog has answered, by what became of them. */
	results: Record<string, number>
	/** How long blocks and prices took on average. */
	meanMs: { folded: number; applied: number }
}

type TickContestant = ObservedContestant<ExchangeJob, TickTurn>

/** A turn in which every tick is to be accepted. */
function tickTurn({ market, shop, counts }: LiveMarket, name: string, job: ExchangeJob): TickContestant {
	return {
		name,
		processes: [market, shop.catalog],
		job,
		async observe(run) {
			const before = await counts()
			const load = await run()
			const after = await counts()
			const { accept: _, ...others } = countedSince(before.verdicts, after.verdicts)
			const failures = { ...load.failures, ...others }
			return {
				load: { ...load, failures },
				results: countedSince(before.results, after.results),
				meanMs: {
					folded: meanMsSince(before.lags.folded, after.lags.folded),
					applied: meanMsSince(before.lags.applied, after.lags.applied),
				},
			}
		},
	}
}

/** Publishes so many ticks, and reads the memory of the market meanwhile. */
async function fill(bench: Bench, { market, exchange }: LiveMarket): Promise<number[]> {
	const residentMb: number[] = []
	const ticks = Math.ceil(bench.options.ticks / memorySamples)
	for (let sample = 1; sample <= memorySamples; sample++) {
		await throwIfInterrupted(bench)
		await exchange.run({ burst: { ticks, databaseUrl: market.databaseUrl } })
		residentMb.push(residentBytes(market.pid) / 1e6)
		bench.report(`  ${sample * ticks} more ticks: ${residentMb.at(-1)?.toFixed(0)} MB`)
	}
	return residentMb
}

function describe({ load, results, meanMs }: TickTurn): string {
	const applied = (results['applied'] ?? 0) / load.seconds
	const heard = load.p99Ms === 0 ? '' : `, heard after p50 ${load.p50Ms.toFixed(0)} ms, p99 ${load.p99Ms.toFixed(0)} ms`
	const lags = `stored after ${meanMs.folded.toFixed(0)} ms, applied after ${meanMs.applied.toFixed(0)} ms`
	return `${perSecond(load).toFixed(0)} ticks/s, ${applied.toFixed(0)} prices/s applied, ${lags}${heard}`
}
