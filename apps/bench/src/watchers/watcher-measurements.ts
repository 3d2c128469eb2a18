import { p99WithFailures } from '../load/load-result.ts'
import { memoryGrowth } from '../measures/memory-growth.ts'
import { type RecordedTurns, toResult, toValues } from '../measures/record-turns.ts'
import { addFailures, type Comparison, type Measurement, type Result, type Unit } from '../running/measurement.ts'
import type { WatcherTurn } from './live-watchers.ts'
import type { PriceReport } from './price-source.ts'
import type { WatchersReport } from './watchers.ts'

type Setting = {
	/** Of orders. */
	ratePerSecond: number
	/** Of prices. */
	changesPerSecond: number
	/** The name of the contestant whose prices do not change. */
	unchanged: string
	/** The name of the contestant whose prices change without watchers. */
	alone: string
	/** The name of the contestant with watchers. */
	watched: string
	/** The number of watchers that did not read in the minute of the memory. */
	unread: number
	/** The memory of the catalog in that minute: at its start, and then every second. */
	residentMb: number[]
}

/** The measurements of the turns with and without watchers, with their targets. */
export function watcherMeasurements(recorded: RecordedTurns<WatcherTurn>[], setting: Setting): Measurement[] {
	const { ratePerSecond, changesPerSecond, unchanged, alone, watched, unread, residentMb } = setting
	const beside: Comparison = { of: watched, to: alone }
	const arriving = `${ratePerSecond}/s arriving`
	const inTurns = (title: string, unit: Unit, results: Result[], comparisons: Comparison[]): Measurement => {
		return { title, unit, isByRound: true, results, comparisons }
	}
	const values = (valueOfTurn: (turn: WatcherTurn) => number) => recorded.map((turns) => toValues(turns, valueOfTurn))
	const ofPrices = (valueOfReport: (prices: PriceReport) => number) =>
		recorded
			.filter(({ contestant }) => contestant !== unchanged)
			.map((turns) => toValues(turns, ({ prices }) => valueOfReport(prices as PriceReport)))
	const turns = recorded.find(({ contestant }) => contestant === watched)?.turns ?? []
	const heard = (contestant: string, valueOfTurn: (report: WatchersReport, seconds: number) => number): Result => {
		return toValues({ contestant, turns }, ({ watched, prices }) =>
			valueOfTurn(watched as WatchersReport, (prices as PriceReport).seconds),
		)
	}
	return [
		inTurns(
			`p99 of an order beside watchers, ${arriving}`,
			'ms',
			recorded.map((turns) => toResult(turns, ({ load }) => p99WithFailures(load))),
			[beside, { of: watched, to: unchanged, target: { bound: 'at most', value: 1.3 } }],
		),
		inTurns(
			`p50 of an order beside watchers, ${arriving}`,
			'ms',
			values(({ load }) => load.p50Ms),
			[beside, { of: watched, to: unchanged }],
		),
		inTurns(
			`Prices changed, ${changesPerSecond}/s asked for`,
			'rows/s',
			ofPrices(({ changes, seconds }) => changes / seconds),
			// With fewer changes, the watchers would be measured at less than is asked for.
			[{ ...beside, target: { bound: 'at least', value: 0.99 } }, enough(watched, changesPerSecond)],
		),
		inTurns(
			'p99 of a call of ApplyPrices beside watchers',
			'ms',
			ofPrices(({ p99Ms }) => p99Ms),
			[beside],
		),
		inTurns(
			'Changes of prices that the watchers have heard, each once and in its order',
			'deliveries/s',
			[
				heard('expected', ({ expected }, seconds) => expected / seconds),
				{ ...heard('delivered', ({ delivered }, seconds) => delivered / seconds), failures: failuresOf(turns) },
				heard('quantities besides', ({ quantities }, seconds) => quantities / seconds),
			],
			[{ of: 'delivered', to: 'expected', target: { bound: 'at least', value: 1 } }],
		),
		inTurns(
			'From the change of a price to the watcher',
			'ms',
			[heard('p50', ({ p50Ms }) => p50Ms), heard('p99', ({ p99Ms }) => p99Ms)],
			[{ of: 'p50' }, { of: 'p99', target: { bound: 'at most', value: 1_000, aim: 250 } }],
		),
		memoryGrowth(`Memory of the catalog with ${unread} watchers that do not read`, residentMb),
	]
}

function enough(of: string, changesPerSecond: number): Comparison {
	return { of, target: { bound: 'at least', value: 0.99 * changesPerSecond } }
}

function failuresOf(turns: WatcherTurn[]): Result['failures'] {
	const failures: Result['failures'] = {}
	for (const { watched } of turns) {
		if (watched === undefined) continue
		if (watched.missing > 0) addFailures(failures, { MISSING: watched.missing })
		if (watched.doubled > 0) addFailures(failures, { DOUBLED: watched.doubled })
		for (const [status, count] of Object.entries(watched.ends)) addFailures(failures, { [`ENDED_${status}`]: count })
	}
	return failures
}
