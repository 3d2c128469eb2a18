import type { HttpJob } from '../load/http-generator.ts'
import { p99WithFailures } from '../load/load-result.ts'
import { type Generator, startGenerator, startHttpGenerator } from '../load/start-generator.ts'
import { halfOfPeak } from '../measures/half-of-peak.ts'
import type { Measure } from '../measures/measure.ts'
import { orderTurn } from '../measures/order-load.ts'
import { type ObservedContestant, recordTurns, type Turn } from '../measures/record-turns.ts'
import { watchProcesses } from '../overload/watch-processes.ts'
import type { Bench } from '../running/bench.ts'
import { cpuMs, residentBytes } from '../running/proc.ts'
import type { PriceReport } from './price-source.ts'
import { startTickingShop, type TickingShop } from './ticking-shop.ts'
import { watcherMeasurements } from './watcher-measurements.ts'
import type { WatchersJob, WatchersReport } from './watchers.ts'

type Watchers = Generator<WatchersJob, WatchersReport>

const watchersOfAll = 100
const watchersOf500 = 100
const unread = 20
const unreadSeconds = 60
const changesPerSecond = 1_000
const unchanged = 'no change'

/**
 * Orders at half of the peak: alone, while prices change, and while 200 watchers of the catalog hear the changes. Then a
 * minute of changes with 20 watchers that never read.
 */
export const liveWatchers: Measure = {
	name: 'live-watchers',
	hasLongTurns: true,
	async run(bench) {
		await using opened = new AsyncDisposableStack()
		const generator = opened.use(startHttpGenerator(bench.interruption))
		const watchers: Watchers = opened.use(startGenerator(import.meta.resolve('./watchers.ts'), bench.interruption))
		const alone = opened.use(await startTickingShop(bench, 'no watcher'))
		const watched = opened.use(await startTickingShop(bench, `${watchersOfAll + watchersOf500} watchers`))
		const ratePerSecond = await halfOfPeak(bench, alone.shop)
		const contestants = [
			turnWithoutChanges(bench, alone, ratePerSecond),
			turnWithChanges(bench, alone, ratePerSecond),
			turnWithWatchers(bench, watched, watchers, ratePerSecond),
		]
		const recorded = await recordTurns(bench, generator, contestants, describe)
		return watcherMeasurements(recorded, {
			ratePerSecond,
			changesPerSecond,
			unchanged,
			alone: alone.shop.name,
			watched: watched.shop.name,
			unread,
			residentMb: await watchMemoryUnread(bench, watched, watchers),
		})
	},
}

export type WatcherTurn = Turn & {
	/** What has changed. Missing when prices do not change. */
	prices?: PriceReport
	/** What the watchers have heard. Missing without watchers. */
	watched?: WatchersReport
}

function turnWithoutChanges(
	bench: Bench,
	{ shop }: TickingShop,
	ratePerSecond: number,
): ObservedContestant<HttpJob, WatcherTurn> {
	const turn = orderTurn(bench, shop, { ratePerSecond, seconds: bench.options.seconds })
	return { ...turn, name: unchanged, observe: async (run) => ({ load: await run() }) }
}

type ChangingTurn = WatcherTurn & { prices: PriceReport }

function turnWithChanges(
	bench: Bench,
	{ shop, prices }: TickingShop,
	ratePerSecond: number,
): ObservedContestant<HttpJob, ChangingTurn> {
	const turn = orderTurn(bench, shop, { ratePerSecond, seconds: bench.options.seconds })
	return {
		...turn,
		processes: [...turn.processes, { role: 'prices', pid: prices.pid }],
		async prepare() {
			await prices.run({ start: { changesPerSecond } })
		},
		async observe(run) {
			const load = await run()
			return { load, prices: await prices.run({ stop: true }) }
		},
	}
}

/** A turn with watchers, which are opened before it and closed after it, so that they take nothing from other turns. */
function turnWithWatchers(
	bench: Bench,
	ticking: TickingShop,
	watchers: Watchers,
	ratePerSecond: number,
): ObservedContestant<HttpJob, ChangingTurn> {
	const turn = turnWithChanges(bench, ticking, ratePerSecond)
	const { address } = ticking.shop.catalog
	let calls = 0
	return {
		...turn,
		processes: [...turn.processes, { role: 'watchers', pid: watchers.pid }],
		async prepare() {
			await watchers.run({ open: { address, all: watchersOfAll, filtered: watchersOf500, silent: 0, calls } })
			await turn.prepare?.()
		},
		async observe(run) {
			const seen = await turn.observe(run)
			calls = seen.prices.calls
			return { ...seen, watched: await watchers.run({ close: { calls } }) }
		},
	}
}

/** The memory of the catalog each second, while watchers that do not read are sent changes. */
async function watchMemoryUnread(bench: Bench, { shop, prices }: TickingShop, watchers: Watchers): Promise<number[]> {
	const { role, pid, address } = shop.catalog
	await watchers.run({ open: { address, all: 0, filtered: 0, silent: unread, calls: 0 } })
	await prices.run({ start: { changesPerSecond } })
	const catalog = { role, cpuMs: () => cpuMs(pid), residentBytes: () => residentBytes(pid) }
	const watches = await Promise.race([watchProcesses([catalog], unreadSeconds), bench.interruption])
	const { changes } = await prices.run({ stop: true })
	const { ends } = await watchers.run({ close: { calls: 0 } })
	bench.report(`  ${changes} changes for ${unread} watchers that do not read; ${ended(ends)} of their streams ended`)
	return watches.flatMap(({ residentMb }) => residentMb)
}

function describe({ load, prices, watched }: WatcherTurn): string {
	const orders = `p50 ${load.p50Ms.toFixed(1)} ms, p99 ${p99WithFailures(load).toFixed(1)} ms, ${load.completed} placed`
	if (prices === undefined) return orders
	const changes = `${(prices.changes / prices.seconds).toFixed(0)} changes/s`
	if (watched === undefined) return `${orders}, ${changes}`
	const { expected, delivered, missing, doubled, p50Ms, p99Ms, ends } = watched
	const heard = `${delivered} of ${expected} delivered, ${missing} missing, ${doubled} doubled`
	return `${orders}, ${changes}, ${heard}, after p50 ${p50Ms.toFixed(0)} ms, p99 ${p99Ms.toFixed(0)} ms, ${ended(ends)} streams ended`
}

function ended(ends: WatchersReport['ends']): number {
	return Object.values(ends).reduce((sum, count) => sum + count, 0)
}
