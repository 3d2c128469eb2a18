import { Gauge } from '@mercat/service/metrics'

/** What the database knows of feeds and held prices at a moment. */
export type FeedGauges = { heldPrices: number; feeds: { feed: string; ageS: number }[] }

export type ShowFeedsNeeds = { readGauges(mostFeeds: number): Promise<FeedGauges> }

// Each feed is a time series, so they have a bound.
const mostFeeds = 100

let refresh: (() => Promise<void>) | undefined

// Every process sees the same facts, so those of several processes are not added up.
const shared = { aggregator: 'max', collect: () => refresh?.() } as const

const heldGauge = new Gauge({
	...shared,
	name: 'mercat_held_prices',
	help: 'Prices that wait for an approval',
})
const ageGauge = new Gauge({
	...shared,
	name: 'mercat_feed_sync_age_seconds',
	help: 'Time since a feed last synced, or since its first run. The 100 largest of the feeds that ran in the last week',
	labelNames: ['feed'],
})
hide()

/**
 * Reads the state of feeds at each scrape, and never without one, until the result is disposed of. While it cannot be read,
 * the gauges have no values. In a process with several catalogs the last one shows its feeds.
 */
export function showFeeds({ readGauges }: ShowFeedsNeeds): Disposable {
	let reading: Promise<void> | undefined
	// Both gauges ask at a scrape, and share one reading.
	function refreshOwn(): Promise<void> {
		reading ??= readGauges(mostFeeds)
			.then(show, hide)
			.finally(() => {
				reading = undefined
			})
		return reading
	}

	refresh = refreshOwn
	return {
		[Symbol.dispose]() {
			if (refresh !== refreshOwn) return
			refresh = undefined
			hide()
		},
	}
}

function show({ heldPrices, feeds }: FeedGauges): void {
	hide()
	heldGauge.set(heldPrices)
	for (const { feed, ageS } of feeds) ageGauge.set({ feed }, ageS)
}

function hide(): void {
	heldGauge.remove()
	ageGauge.reset()
}
