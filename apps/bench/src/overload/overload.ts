import type { ShopFront } from '../contestants/shop-front.ts'
import { startMercat } from '../contestants/start-mercat.ts'
import type { PhaseResult } from '../load/phase.ts'
import type { Phase } from '../load/phases-generator.ts'
import { startPhasesGenerator } from '../load/start-generator.ts'
import { type Measure, toEachCommit } from '../measures/measure.ts'
import type { Bench } from '../running/bench.ts'
import { longTurns, overloadTurns } from '../running/bench-options.ts'
import { type Measurement, median } from '../running/measurement.ts'
import { cpuMs, residentBytes } from '../running/proc.ts'
import { skus } from '../running/shop.ts'
import { compareOverloads } from './overload-against.ts'
import { type Overload, overloadMeasurements } from './overload-measurements.ts'
import { reportPhase } from './report-phase.ts'
import { watchProcesses } from './watch-processes.ts'

const timesBest = 3
const clientCounts = [64, 128, 256, 512]
const afterSeconds = 10

/** Sends three times as many orders per second as Mercat can place. Measures the orders meanwhile and the recovery. */
export const overload: Measure = {
	name: 'overload',
	hasLongTurns: true,
	async run(bench) {
		const measurements: Measurement[] = []
		for (const engine of ['postgres', 'pglite'] as const) {
			const name = engine === 'postgres' ? 'mercat' : 'mercat embedded'
			await using shop = await startMercat(bench, { name, engine })
			measurements.push(...overloadMeasurements(name, await overloadShop(bench, shop)))
		}
		return measurements
	},
	async runAgainst(bench) {
		const longer = { ...bench, options: longTurns(bench.options) }
		const seen = new Map<string, Overload>()
		for (const checkout of [bench.own, ...bench.against]) {
			await using shop = await startMercat(longer, { checkout })
			seen.set(checkout.name, await overloadShop(longer, shop))
		}
		return compareOverloads(seen, toEachCommit(bench))
	},
}

async function overloadShop(bench: Bench, { name, order, catalog }: ShopFront): Promise<Overload> {
	const { seconds } = bench.options
	const overloadSeconds = overloadTurns * seconds
	await using generator = startPhasesGenerator(bench.interruption)
	const run = (...phases: Phase[]) =>
		generator.run({ origin: `http://${order.address}`, phases, wish: { place: skus }, secret: bench.secret })

	const best = await findBest(bench, name, run)
	const half = Math.round(median(best) / 2)
	const [before] = (await run({ ratePerSecond: half, seconds })) as [PhaseResult]
	await bench.postgres.checkpoint()

	const services = [order, catalog].map(({ role, pid }) => {
		return { role, cpuMs: () => cpuMs(pid), residentBytes: () => residentBytes(pid) }
	})
	const others = [
		{ role: 'postgres', cpuMs: bench.postgres.cpuMs },
		{ role: 'load', cpuMs: () => cpuMs(generator.pid) },
	]
	const ratePerSecond = Math.round(timesBest * median(best))
	const [watches, phases] = await Promise.all([
		watchProcesses([...services, ...others], overloadSeconds),
		run({ ratePerSecond, seconds: overloadSeconds }, { ratePerSecond: half, seconds: afterSeconds }),
	])
	const [during, after] = phases as [PhaseResult, PhaseResult]
	reportPhase(bench, `${name}, ${ratePerSecond} orders arrive per second`, during)
	reportPhase(bench, `${name}, ${half} orders arrive per second`, after)
	return { best, before, during, after, watches }
}

/** The orders placed in each second, with the number of clients that gives the most orders. */
async function findBest(
	{ options: { seconds }, report }: Bench,
	name: string,
	run: (phase: Phase) => Promise<PhaseResult[]>,
): Promise<number[]> {
	let best: number[] = []
	for (const clients of [...clientCounts.slice(0, 1), ...clientCounts]) {
		const [phase] = (await run({ clients, seconds: seconds + 1 })) as [PhaseResult]
		// The first second does not count, because the clients are still connecting.
		const placed = phase.seconds.slice(1).map((second) => second.placed)
		report(`  ${name}, ${clients} clients: ${median(placed)} orders/s`)
		if (best.length === 0 || median(placed) > median(best)) best = placed
	}
	return best
}
