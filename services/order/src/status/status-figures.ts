import { orderStatuses } from '@mercat/order-api/order-status'
import type { BatchRate, Latency, Rates } from '@mercat/order-api/status-schemas'
import { problemTable } from '@mercat/rest-api/problem-table'
import type { Changes } from './changes.ts'
import { quantile } from './quantile.ts'

/** The rates of a status, per second. */
export function ratesOf({ perSecond: { orders, transitions, requests, shed } }: Changes): Rates {
	const refusals = Object.entries(orders).filter(([outcome, rate]) => Object.hasOwn(problemTable, outcome) && rate > 0)
	return {
		placed: rounded(orders['placed'] ?? 0),
		replayed: rounded(orders['replayed'] ?? 0),
		refused: rounded(refusals.reduce((total, [, rate]) => total + rate, 0)),
		refusals: Object.fromEntries(refusals.map(([code, rate]) => [code, rounded(rate)])),
		transitions: Object.fromEntries(orderStatuses.map((status) => [status, rounded(transitions[status] ?? 0)])),
		requests: rounded(requests),
		shed: rounded(shed),
	}
}

export function latencyOf({ placing }: Changes): Latency {
	const ms = (share: number) => {
		const seconds = quantile(share, placing)
		return seconds === undefined ? null : rounded(seconds * 1_000)
	}
	return {
		count: placing.inBucket.reduce((total, each) => total + each, 0),
		p50Ms: ms(0.5),
		p95Ms: ms(0.95),
		p99Ms: ms(0.99),
	}
}

export function batchRatesOf({ batches, perSecond }: Changes): BatchRate[] {
	return Object.entries(batches).map(([name, counts]) => ({
		name,
		perSecond: rounded(perSecond.batches[name] ?? 0),
		meanSize: rounded(mean(counts.items, counts.batches)),
		meanWaitMs: rounded(mean(counts.waitS, counts.waits) * 1_000),
	}))
}

const mean = (total: number, count: number): number => (count === 0 ? 0 : total / count)

/** Rounded to two decimals. */
export const rounded = (value: number): number => Math.round(value * 100) / 100
