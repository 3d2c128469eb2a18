import type { Latencies, LoadCounts } from './sending/load-counts.ts'
import { sumOf } from './sending/load-counts.ts'

/** The line of one second: what has happened since the line before it. */
export function describeSecond(before: LoadCounts, after: LoadCounts, latencies: Latencies): string {
	const grown = (read: (counts: LoadCounts) => number): number => read(after) - read(before)
	const parts = [
		`${grown(({ placed }) => placed)} placed`,
		`${grown(({ refused }) => sumOf(refused))} refused`,
		`${grown(({ errors }) => sumOf(errors))} errors`,
		...(latencies === undefined ? [] : [`p50 ${inMs(latencies.p50Ms)}`, `p99 ${inMs(latencies.p99Ms)}`]),
	]
	const late = grown((counts) => counts.late)
	return [...parts, ...(late > 0 ? [`${late} late`] : [])].join(', ')
}

export type LoadSummary = {
	counts: LoadCounts
	latencies: Latencies
	seconds: number
	/** Orders that were due and not sent when the load ended. */
	unsent: number
}

/** The summary, a line for each kind of thing that has happened. */
export function describeLoad({ counts, latencies, seconds, unsent }: LoadSummary): string {
	const { due, sent, withoutProduct, late, placed, replayed, refused, errors, became, restocked } = counts
	const notSent = unsent + due - sent
	const lines = [
		`${placed} orders placed of ${sent} sent in ${seconds.toFixed(1)} s, ${(placed / seconds).toFixed(1)} a second`,
		latencies === undefined
			? 'no order was answered'
			: `p50 ${inMs(latencies.p50Ms)}, p99 ${inMs(latencies.p99Ms)}, from the moment at which an order was due`,
		`${sumOf(refused)} refused${listOf(refused)}`,
		`${replayed} repeated and answered with the same order`,
		`${sumOf(errors)} errors${listOf(errors)}`,
		...(sumOf(became) > 0 ? [`of the placed orders: ${inWords(became)}; the others wait, or will expire unpaid`] : []),
		...(late > 0 || notSent > 0 ? [`${late} sent late, ${notSent} not sent by the end`] : []),
		...(withoutProduct > 0
			? [`${withoutProduct} of the orders not sent, because no product was known to be in stock`]
			: []),
		...(restocked > 0 ? [`stock was added ${restocked} times`] : []),
	]
	return lines.join('\n')
}

function listOf(counts: Record<string, number>): string {
	return sumOf(counts) === 0 ? '' : `: ${inWords(counts)}`
}

function inWords(counts: Record<string, number>): string {
	return Object.entries(counts)
		.toSorted(([, one], [, other]) => other - one)
		.map(([name, count]) => `${count} ${name}`)
		.join(', ')
}

function inMs(ms: number): string {
	return `${ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms`
}
