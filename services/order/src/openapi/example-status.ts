import type { Status } from '@mercat/order-api/status-schemas'

/** The example of a status: a shop that is well and places some orders. */
export const exampleStatus: Status = {
	at: '2026-11-29T02:10:00.000Z',
	instance: 'shop-1:4711',
	workers: 2,
	services: [
		{ name: 'order', state: 'up', missing: [], parts: [{ name: 'database', state: 'up' }] },
		{
			name: 'catalog',
			state: 'up',
			missing: [],
			parts: [
				{ name: 'health', state: 'up' },
				{ name: 'channel', state: 'up', detail: 'ready' },
				{ name: 'breaker', state: 'up', detail: 'closed' },
			],
		},
	],
	rates: {
		placed: 120,
		replayed: 0.5,
		refused: 2,
		refusals: { OUT_OF_STOCK: 2 },
		transitions: { placed: 120, paid: 96, shipped: 80, delivered: 75, cancelled: 4, expired: 1 },
		requests: 310,
		shed: 0,
	},
	latency: { count: 122, p50Ms: 3.1, p95Ms: 8.4, p99Ms: 18.2 },
	batches: [{ name: 'insert orders', perSecond: 80, meanSize: 1.5, meanWaitMs: 0.4 }],
	lags: {
		unloggedEvents: 3,
		oldestUnloggedS: 0.02,
		destinations: [{ destination: 'catalog', pending: 12, oldestS: 0.1 }],
		dead: 0,
		overdueOrders: 0,
	},
	breaker: 'closed',
	databasePool: { used: 3, idle: 7, waiting: 0 },
	streams: 1,
	eventLoopDelayMs: 2.4,
}
