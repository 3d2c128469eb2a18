import { setTimeout as sleep } from 'node:timers/promises'
import { startMercat } from '../contestants/start-mercat.ts'
import type { HttpJob } from '../load/http-generator.ts'
import type { LoadResult } from '../load/load-result.ts'
import { startHttpGenerator } from '../load/start-generator.ts'
import type { Measure } from '../measures/measure.ts'
import { orderTurn, perSecond } from '../measures/order-load.ts'
import { type ObservedContestant, recordTurns, type Turn, toResult } from '../measures/record-turns.ts'
import type { Bench } from '../running/bench.ts'
import type { Comparison, Measurement } from '../running/measurement.ts'
import {
	startSilent,
	startWithLines,
	startWithMetrics,
	startWithTraces,
	type TellingMercat,
} from './telling-mercats.ts'

/** Orders per second with each kind of telemetry, beside Mercat without it or beside commits. */
export const telemetry: Measure = {
	name: 'telemetry',
	async run(bench) {
		await using opened = new AsyncDisposableStack()
		const [silent, ...telling] = (await startAll(bench, opened)) as [TellingMercat, ...TellingMercat[]]
		const comparisons = telling.map(({ name: of }) => ({ of, to: silent.name }))
		return await measureTelling(bench, [silent, ...telling], comparisons)
	},
	async runAgainst(bench) {
		await using opened = new AsyncDisposableStack()
		const own = await startAll(bench, opened)
		const others: TellingMercat[] = []
		for (const checkout of bench.against) {
			others.push({ ...opened.use(await startMercat(bench, { checkout })), least: 1 })
		}
		const comparisons = others.flatMap(({ name: to }) =>
			own.map(({ name: of, least }): Comparison => ({ of, to, target: { bound: 'at least', value: least } })),
		)
		return await measureTelling(bench, [...others, ...own], comparisons)
	},
}

async function startAll(bench: Bench, opened: AsyncDisposableStack): Promise<TellingMercat[]> {
	const mercats: TellingMercat[] = []
	for (const start of [startSilent, startWithMetrics, startWithTraces, startWithLines]) {
		mercats.push(opened.use(await start(bench)))
	}
	return mercats
}

async function measureTelling(
	bench: Bench,
	mercats: TellingMercat[],
	comparisons: Comparison[],
): Promise<Measurement[]> {
	await using generator = startHttpGenerator(bench.interruption)
	const turns = mercats.map((mercat) => tellingTurn(bench, mercat))
	const recorded = await recordTurns(bench, generator, turns, ({ load }) => `${perSecond(load).toFixed(0)} orders/s`)
	for (const { checkTold } of mercats) await checkTold?.()
	return [
		{
			title: `Orders by telemetry, ${bench.options.clients} clients`,
			unit: 'orders/s',
			isByRound: true,
			results: recorded.map((turns) => toResult(turns, ({ load }) => perSecond(load))),
			comparisons,
		},
	]
}

// As `deploy/observability` sets it.
const scrapeIntervalS = 15

/** A turn of orders. One scrape comes with each 15 s of load, as it would if the load never paused. */
function tellingTurn(
	bench: Bench,
	{ scrape, receivers = [], ...mercat }: TellingMercat,
): ObservedContestant<HttpJob, Turn> {
	const { clients, seconds } = bench.options
	const turn = orderTurn(bench, mercat, { clients, seconds })
	let unscrapedS = 0
	return {
		...turn,
		processes: [...turn.processes, ...receivers],
		async observe(run: () => Promise<LoadResult>) {
			unscrapedS += seconds
			const isDue = unscrapedS >= scrapeIntervalS
			if (isDue) unscrapedS -= scrapeIntervalS
			const [load] = await Promise.all([run(), isDue && sleep(500 * seconds).then(scrape)])
			return { load }
		},
	}
}
