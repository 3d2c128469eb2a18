import { readSamples } from '@mercat/testing/read-samples'

/** What the market has counted since its start. */
export type MarketCounts = {
	/** Stored ticks by their verdict and its rule, such as `accept` or `hold DAY_CHANGE`. */
	verdicts: Record<string, number>
	/** Prices that the catalog has answered, by what became of them. */
	results: Record<string, number>
	/** Prices that the catalog is still to get. */
	waiting: number
	/** Since the message of a tick: until its block is stored, and until the catalog has its price. */
	lags: { folded: Lag; applied: Lag }
}

/** The sum of delays, and their number. */
export type Lag = { seconds: number; count: number }

export async function readMarketCounts(metricsUrl: string): Promise<MarketCounts> {
	const response = await fetch(metricsUrl)
	return parseMarketCounts(await response.text())
}

export function parseMarketCounts(metrics: string): MarketCounts {
	const samples = readSamples(metrics)
	const of = (wanted: string) => samples.filter(({ name }) => name === `mercat_market_${wanted}`)
	const byName = (wanted: string, nameOf: (labels: Record<string, string>) => string) =>
		Object.fromEntries(of(wanted).map(({ labels, value }) => [nameOf(labels), value]))
	const sumOf = (wanted: string) => of(wanted).reduce((sum, { value }) => sum + value, 0)
	const lagOf = (wanted: string): Lag => {
		return { seconds: sumOf(`${wanted}_seconds_sum`), count: sumOf(`${wanted}_seconds_count`) }
	}
	return {
		verdicts: byName('ticks_total', ({ verdict = '', rule = '' }) => `${verdict} ${rule}`.trim()),
		results: byName('prices_total', ({ result = '' }) => result),
		waiting: sumOf('prices_waiting'),
		lags: { folded: lagOf('fold_lag'), applied: lagOf('apply_lag') },
	}
}

/** What was counted between two readings, without what has not changed. */
export function countedSince(before: Record<string, number>, after: Record<string, number>): Record<string, number> {
	const changes = Object.entries(after).map(([name, count]): [string, number] => [name, count - (before[name] ?? 0)])
	return Object.fromEntries(changes.filter(([, count]) => count > 0))
}

/** The mean of the delays between two readings. */
export function meanMsSince(before: Lag, after: Lag): number {
	return (1_000 * (after.seconds - before.seconds)) / Math.max(1, after.count - before.count)
}
