import { toTimestamp } from '@mercat/catalog-api/timestamps'
import type { WatchSalesResponse } from '@mercat/market-api/messages/WatchSalesResponse'
import type { ResponseRest } from '../../streaming/conflated-stream.ts'
import type { SalesRow } from '../sales-query.ts'

/** Encodes parts of responses. A repeated field may have its items anywhere in a message. */
export type SalesEncoder = {
	row(row: SalesRow): Buffer
	rest(rest: ResponseRest): Buffer
}

export function createSalesEncoder(encode: (response: WatchSalesResponse) => Buffer): SalesEncoder {
	return {
		row: ({ beginMs, key, currency, orders, quantity, amountMinor }) =>
			encode({
				rows: [
					{ beginTime: toTimestamp(new Date(beginMs)), key, currencyCode: currency, orders, quantity, amountMinor },
				],
			}),
		rest: ({ initialStateComplete, asOfMs }) =>
			encode({ initialStateComplete, ...(asOfMs !== undefined && { asOf: toTimestamp(new Date(asOfMs)) }) }),
	}
}
