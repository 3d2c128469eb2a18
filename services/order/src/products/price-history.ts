import type { GetPriceHistoryRequest } from '@mercat/catalog-api/messages/GetPriceHistoryRequest'
import type { GetPriceHistoryResponse__Output } from '@mercat/catalog-api/messages/GetPriceHistoryResponse'
import type { PriceStep as PriceStepMessage } from '@mercat/catalog-api/messages/PriceStep'
import { toTimestamp } from '@mercat/catalog-api/timestamps'
import type { PriceHistory, PriceHistoryQuery, PriceStep } from '@mercat/order-api/price-schemas'
import { readTime } from '@mercat/rest-service/time-parameter'
import { toMoney } from '../catalog/catalog-money.ts'
import { toIsoTime } from '../catalog/catalog-time.ts'
import { invalidAnswer } from '../catalog/failures/invalid-answer.ts'

const steps: Record<PriceStep, PriceStepMessage> = {
	'1m': 'PRICE_STEP_MINUTE',
	'1h': 'PRICE_STEP_HOUR',
	'1d': 'PRICE_STEP_DAY',
}
// The catalog would clamp a larger page size, too, but its integers are smaller than the integers of a query.
const largestPageSize = 500

/** @throws Problem INVALID_REQUEST for times that are none */
export function toHistoryRequest(
	sku: string,
	{ from, to, step, pageSize, pageToken }: PriceHistoryQuery,
): GetPriceHistoryRequest {
	const begin = readTime('from', from)
	const end = readTime('to', to)
	return {
		sku,
		...(begin !== undefined && { from: toTimestamp(begin) }),
		...(end !== undefined && { to: toTimestamp(end) }),
		step: step === undefined ? 'PRICE_STEP_UNSPECIFIED' : steps[step],
		pageSize: Math.min(pageSize, largestPageSize),
		pageToken,
	}
}

/** @throws Problem CATALOG_ERROR when the catalog's answer is no history */
export function toPriceHistory(
	sku: string,
	step: PriceStep | undefined,
	{ periods, bars, nextPageToken, beginTime, exactSince }: GetPriceHistoryResponse__Output,
): PriceHistory {
	return {
		sku,
		...(step === undefined ? { periods: periods.map(toPeriod) } : { bars: bars.map(toBar) }),
		nextPageToken,
		beginsAt: toIsoTime(beginTime),
		exactSince: toIsoTime(exactSince),
	}
}

function toPeriod({ price, beginTime, endTime }: GetPriceHistoryResponse__Output['periods'][number]) {
	if (price === null) throw invalidAnswer('a period without a price')
	return { price: toMoney(price), beginsAt: toIsoTime(beginTime), endsAt: endTime && toIsoTime(endTime) }
}

function toBar(bar: GetPriceHistoryResponse__Output['bars'][number]) {
	const { beginTime, currencyCode, openMinor, highMinor, lowMinor, closeMinor, changes } = bar
	const inCurrency = (amountMinor: number) => toMoney({ currencyCode, amountMinor })
	return {
		beginsAt: toIsoTime(beginTime),
		open: inCurrency(openMinor),
		high: inCurrency(highMinor),
		low: inCurrency(lowMinor),
		close: inCurrency(closeMinor),
		changes,
	}
}
