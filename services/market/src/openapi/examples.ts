import type { SalesView } from '@mercat/market-api/sales-schemas'
import type { SourceView } from '@mercat/market-api/source-schemas'
import type { Ticks } from '@mercat/market-api/tick-schemas'
import { problemTable } from '@mercat/rest-api/problem-table'

const sku = 'GOLD-1OZ'
const price = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })

const source: SourceView = {
	name: 'metals',
	followed: true,
	stale: false,
	seq: 18_204,
	block: 9_120,
	appliedSequence: 1_796_037_412_881,
	lastTickAt: '2026-11-30T12:04:07.114Z',
}

const ticks: Ticks = {
	sku,
	step: '1m',
	bars: [
		{
			beginsAt: '2026-11-30T12:03:00.000Z',
			open: price(371_240),
			high: price(371_902),
			low: price(371_018),
			close: price(371_655),
			ticks: 58,
		},
	],
	nextPageToken: '',
	latest: { price: price(371_655), at: '2026-11-30T12:03:59.420Z', source: source.name, stale: false },
}

const sales: SalesView = {
	by: 'sku',
	step: '1h',
	rows: [{ beginsAt: '2026-11-30T12:00:00.000Z', sku, orders: 3, quantity: 4, amount: price(1_486_620) }],
	foldedThrough: '2026-11-30T12:04:08.210Z',
	nextPageToken: '',
}

const problem = { code: 'PRODUCT_NOT_FOUND', type: '/problems/product-not-found', ...problemTable.PRODUCT_NOT_FOUND }

/** Examples of bodies by the name of their schema; the operation and the status stand in for one that has none. */
export const bodyExamples: Record<string, unknown> = {
	Ticks: ticks,
	Sales: sales,
	SourceList: { sources: [source] },
	'getLiveness 200': { status: 'ok' },
	'getReadiness 200': { status: 'ok' },
	'getReadiness 503': { status: 'not ready' },
	'getLinks 200': { docs: '/docs/', openapi: '/openapi.json', problems: '/problems', health: '/readyz' },
	'listProblems 200': { problems: [problem] },
	'getProblem 200': problem,
}

/** Examples of required parameters by their name. */
export const parameterExamples: Record<string, unknown> = { sku, slug: 'product-not-found' }
