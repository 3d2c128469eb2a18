import { p99WithFailures } from '../load/load-result.ts'
import { memoryGrowth } from '../measures/memory-growth.ts'
import { perSecond } from '../measures/order-load.ts'
import { type RecordedTurns, toResult, toValues } from '../measures/record-turns.ts'
import { type Comparison, type Measurement, median, type Result, type Unit } from '../running/measurement.ts'
import type { StreamTurn } from './event-streams.ts'

type Setting = {
	ratePerSecond: number
	/** The length of a turn. */
	seconds: number
	/** The name of the contestant without streams. */
	alone: string
	/** The name of the contestant with streams. */
	streaming: string
}

const requestBudgetMs = 2_000

/** The measurements of the turns with and without streams, with their targets. */
export function streamMeasurements(
	recorded: RecordedTurns<StreamTurn>[],
	{ ratePerSecond, seconds, alone, streaming }: Setting,
): Measurement[] {
	const inTime: Comparison = { of: streaming, target: { bound: 'at most', value: requestBudgetMs } }
	const beside: Comparison = { of: streaming, to: alone }
	const arriving = `${ratePerSecond}/s arriving`
	const inTurns = (title: string, unit: Unit, results: Result[], comparisons: Comparison[]): Measurement => {
		return { title, unit, isByRound: true, results, comparisons }
	}
	const values = (valueOfTurn: (turn: StreamTurn) => number) => recorded.map((turns) => toValues(turns, valueOfTurn))
	const samples = recorded.map(({ contestant, turns }): Result => {
		return { contestant, values: turns.flatMap(({ residentMb }) => residentMb), failures: {}, cpuMicros: {} }
	})
	const turns = recorded.find(({ contestant }) => contestant === streaming)?.turns ?? []
	const ofStreams = (contestant: string, valueOfTurn: (turn: StreamTurn) => number): Result => {
		return toValues({ contestant, turns }, valueOfTurn)
	}
	return [
		inTurns(
			`p99 of an order beside streams, ${arriving}`,
			'ms',
			recorded.map((turns) => toResult(turns, ({ load }) => p99WithFailures(load))),
			[inTime, beside],
		),
		inTurns(
			`p50 of an order beside streams, ${arriving}`,
			'ms',
			values(({ load }) => load.p50Ms),
			[beside],
		),
		inTurns(
			`Orders placed beside streams, ${arriving}`,
			'orders/s',
			values(({ load }) => load.completed / seconds),
			[{ ...beside, target: { bound: 'at least', value: 0.99 } }],
		),
		inTurns(
			'Events that each stream has read, beside the orders placed',
			'events/s',
			[
				ofStreams('orders', ({ load }) => perSecond(load)),
				// A stream that the server ended counts as a failure.
				{ ...ofStreams('median stream', ({ eventsPerSecond }) => median(eventsPerSecond)), failures: ended(turns) },
				ofStreams('slowest stream', ({ eventsPerSecond }) => Math.min(...eventsPerSecond)),
				ofStreams('fastest stream', ({ eventsPerSecond }) => Math.max(...eventsPerSecond)),
			],
			[
				{ of: 'median stream', to: 'orders' },
				{ of: 'slowest stream', to: 'median stream' },
			],
		),
		memoryGrowth(
			'Memory of the order service with streams',
			turns.flatMap(({ residentMb }) => residentMb),
		),
		{ title: 'Memory of the order service', unit: 'MB', results: samples, comparisons: [beside] },
	]
}

function ended(turns: StreamTurn[]): Result['failures'] {
	const count = turns.reduce((sum, turn) => sum + turn.ended, 0)
	return count === 0 ? {} : { STREAM_ENDED: count }
}
