import type { AnalysisView, NewAnalysis } from '@mercat/market-api/analysis-schemas'
import type { SalesView } from '@mercat/market-api/sales-schemas'
import type { SourceView } from '@mercat/market-api/source-schemas'
import type { Ticks } from '@mercat/market-api/tick-schemas'
import { problemTable } from '@mercat/rest-api/problem-table'

const sku = 'GOLD-1OZ'
const price = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })

const source: SourceView = {
	name: 'metals',
	configured: true,
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

const newAnalysis: NewAnalysis = { source: source.name, settings: { threshold: 4, leastMovePercent: 2 } }

const analysis: AnalysisView = {
	id: '0b0e7d3c-6f0a-4c53-9d0b-5f3f3a1c8f52',
	source: source.name,
	to: '2026-11-30T12:05:00.000Z',
	settings: {
		maxAgeS: 3_600,
		maxAheadS: 60,
		maxTickChangePercent: 50,
		maxDayChangePercent: 80,
		leastMovePercent: 2,
		window: 61,
		threshold: 4,
		agreeing: 3,
	},
	status: 'waiting',
	progress: { percent: 0, ticks: 0 },
	createdBy: 'analyst',
	createdAt: '2026-11-30T12:05:00.012Z',
}

const analysed: AnalysisView = {
	...analysis,
	status: 'done',
	progress: { percent: 100, ticks: 182_040 },
	startedAt: '2026-11-30T12:05:00.020Z',
	endedAt: '2026-11-30T12:05:00.911Z',
	result: {
		ticks: 182_040,
		verdicts: { accepted: 181_962, late: 12, held: { OUTLIER: 66 }, refused: {} },
		verdictsBefore: { accepted: 182_027, late: 12, held: { OUTLIER: 1 }, refused: {} },
		different: 65,
		differences: [
			{
				seq: 4_711,
				sku,
				price: price(380_112),
				at: '2026-11-30T11:31:08.250Z',
				before: { verdict: 'accepted' },
				now: {
					verdict: 'held',
					rule: 'OUTLIER',
					figures: { fromMinor: 371_240, changePercent: 2.39, threshold: 4, score: 4.61 },
				},
			},
		],
		missingBlocks: 0,
	},
}

const problem = { code: 'PRODUCT_NOT_FOUND', type: '/problems/product-not-found', ...problemTable.PRODUCT_NOT_FOUND }

/** Examples of bodies by the name of their schema; the operation and the status stand in for one that has none. */
export const bodyExamples: Record<string, unknown> = {
	Ticks: ticks,
	Sales: sales,
	NewAnalysis: newAnalysis,
	Analysis: analysed,
	AnalysisList: { analyses: [analysis] },
	SourceList: { sources: [source] },
	'getLiveness 200': { status: 'ok' },
	'getReadiness 200': { status: 'ok' },
	'getReadiness 503': { status: 'not ready' },
	'getLinks 200': { docs: '/docs/', openapi: '/openapi.json', problems: '/problems', health: '/readyz' },
	'listProblems 200': { problems: [problem] },
	'getProblem 200': problem,
}

/** Examples of required parameters by their name. */
export const parameterExamples: Record<string, unknown> = { sku, id: analysis.id, slug: 'product-not-found' }
