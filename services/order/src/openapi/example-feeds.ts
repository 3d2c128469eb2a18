import type { Feed, FeedRun } from '@mercat/order-api/feed-schemas'
import type { HeldPrice } from '@mercat/order-api/held-price-schemas'

export const exampleRun: FeedRun = {
	number: 31,
	startedAt: '2026-11-29T06:00:00.114Z',
	endedAt: '2026-11-29T06:00:04.380Z',
	outcome: 'held',
	reason: '1 price is held',
	bytes: 81_920,
	attempts: 1,
	rows: 2_000,
	created: 0,
	updated: 37,
	unchanged: 1_962,
	held: 1,
	rejected: 0,
	missing: 0,
}

export const exampleFeed: Feed = {
	name: 'acme',
	isRunning: false,
	lastRun: exampleRun,
	lastSyncAt: exampleRun.endedAt,
	heldPrices: 1,
}

export const exampleHold: HeldPrice = {
	id: 'c0a5e6cf-6e2b-4d5f-8e37-0f5d2c9b7a11',
	sku: 'MUG-STONE-350',
	title: 'Stoneware mug, 350 ml',
	source: exampleFeed.name,
	oldPrice: { amountMinor: 1290, currency: 'EUR' },
	newPrice: { amountMinor: 129, currency: 'EUR' },
	currentPrice: { amountMinor: 1290, currency: 'EUR' },
	rule: 'PRICE_FELL',
	figures: { changePercent: -90, maxPriceChangePercent: 50 },
	opinions: [{ source: 'nordic', price: { amountMinor: 1250, currency: 'EUR' }, at: '2026-11-29T06:02:10.500Z' }],
	since: '2026-11-29T06:00:03.902Z',
	until: null,
}
