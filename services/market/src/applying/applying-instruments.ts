import { Counter } from '@mercat/service/metrics'
import { createSourceGauge, createSourceLag } from '../metrics/by-source.ts'
import type { PriceResult } from './call-answer.ts'

const pricesTotal = new Counter({
	name: 'mercat_market_prices_total',
	help: 'Prices that the catalog has answered, by source and by what became of them',
	labelNames: ['source', 'result'],
})

/** @param result `invalid` is a price that the catalog takes in no call */
export function countPrices(source: string, result: PriceResult | 'invalid', count: number): void {
	pricesTotal.inc({ source, result }, count)
}

export const observeLag = createSourceLag(
	'mercat_market_apply_lag_seconds',
	'Time from the message of a source to the answer of the catalog, for each price that was sent',
)

export const showWaiting = createSourceGauge(
	'mercat_market_prices_waiting',
	'Prices that the catalog is still to get, by source',
)
