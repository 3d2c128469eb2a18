import { p99WithFailures } from '../load/load-result.ts'
import { memoryGrowth } from '../measures/memory-growth.ts'
import { perSecond } from '../measures/order-load.ts'
import { type RecordedTurns, type Turn, toResult, toValues } from '../measures/record-turns.ts'
import type { Measurement, Target } from '../running/measurement.ts'
import type { OrdersTurn } from './orders-beside-ticks.ts'

export type LiveTurns = {
	/** As many ticks as the market takes. */
	most: RecordedTurns<Turn>
	/** Ticks at constant rates, with a watcher. */
	flows: { ticksPerSecond: number; turns: RecordedTurns<Turn>; target?: Target }[]
	orders: {
		ratePerSecond: number
		ticksPerSecond: number
		/** The length of a turn. */
		seconds: number
		alone: RecordedTurns<OrdersTurn>
		beside: RecordedTurns<OrdersTurn>
	}
	/** How many ticks the market had while its memory was read. */
	ticks: number
	residentMb: number[]
}

/** The measurements of the turns of a market, with their targets. */
export function liveMeasurements({ most, flows, orders, ticks, residentMb }: LiveTurns): Measurement[] {
	return [
		{
			title: 'Ticks of 2,000 products from the socket to durable state',
			unit: 'ticks/s',
			isByRound: true,
			results: [toResult(most, ({ load }) => perSecond(load))],
			comparisons: [{ of: most.contestant, target: { bound: 'at least', value: 10_000, aim: 20_000 } }],
		},
		...flows.map(heardInTime),
		...besideTicks(orders),
		...memory(ticks, residentMb),
	]
}

function heardInTime({ ticksPerSecond, turns, target }: LiveTurns['flows'][number]): Measurement {
	return {
		title: `From a tick to the watcher, at ${ticksPerSecond} ticks/s`,
		unit: 'ms',
		isByRound: true,
		results: [
			{ ...toResult(turns, ({ load }) => p99WithFailures(load)), contestant: 'p99' },
			{ ...toValues(turns, ({ load }) => load.p50Ms), contestant: 'p50' },
		],
		comparisons: [{ of: 'p99', ...(target && { target }) }, { of: 'p50' }],
	}
}

function besideTicks({ ratePerSecond, ticksPerSecond, seconds, alone, beside }: LiveTurns['orders']): Measurement[] {
	const both = [alone, beside]
	const toAlone = { of: beside.contestant, to: alone.contestant }
	const arriving = `${ratePerSecond}/s arriving`
	return [
		{
			title: `p99 of an order beside ticks, ${arriving}`,
			unit: 'ms',
			isByRound: true,
			results: both.map((turns) => toResult(turns, ({ load }) => p99WithFailures(load))),
			comparisons: [{ ...toAlone, target: { bound: 'at most', value: 1.5, aim: 1.2 } }],
		},
		{
			title: `Orders placed beside ticks, ${arriving}`,
			unit: 'orders/s',
			isByRound: true,
			results: both.map((turns) => toValues(turns, ({ load }) => load.completed / seconds)),
			comparisons: [{ ...toAlone, target: { bound: 'at least', value: 0.99 } }],
		},
		{
			title: 'Ticks that were stored beside orders',
			unit: 'ticks/s',
			isByRound: true,
			results: [toValues(beside, ({ ticks }) => (ticks === undefined ? 0 : perSecond(ticks)))],
			// With fewer ticks, the orders would be measured beside less than is asked for.
			comparisons: [{ of: beside.contestant, target: { bound: 'at least', value: 0.99 * ticksPerSecond } }],
		},
	]
}

function memory(ticks: number, residentMb: number[]): Measurement[] {
	const title = `Memory of the market during ${ticks.toLocaleString('en')} ticks`
	return [
		{
			title,
			unit: 'MB',
			results: [{ contestant: 'highest', values: [Math.max(...residentMb)], failures: {}, cpuMicros: {} }],
			comparisons: [{ of: 'highest', target: { bound: 'at most', value: 250, aim: 180 } }],
		},
		memoryGrowth(`${title}, by quarter`, residentMb),
	]
}
