import { toTimestamp } from '@mercat/catalog-api/timestamps'
import type { SalesRow as SalesRowMessage } from '@mercat/market-api/messages/SalesRow'
import type { WatchSalesResponse } from '@mercat/market-api/messages/WatchSalesResponse'
import type { ResponseRest } from '../../streaming/conflated-stream.ts'
import { toRestMessage } from '../../streaming/rest-message.ts'
import type { SalesRow } from '../sales-query.ts'

/** Encodes parts of responses. A repeated field may have its items anywhere in a message. */
export type SalesEncoder = {
	/** A row is encoded once for all streams that are given it. */
	row(row: SalesRow): Buffer
	rest(rest: ResponseRest): Buffer
}

export function createSalesEncoder(encode: (response: WatchSalesResponse) => Buffer): SalesEncoder {
	const encoded = new WeakMap<SalesRow, Buffer>()
	return {
		row(row) {
			const known = encoded.get(row)
			if (known !== undefined) return known
			const bytes = encode({ rows: [toRowMessage(row)] })
			encoded.set(row, bytes)
			return bytes
		},
		rest: (rest) => encode(toRestMessage(rest)),
	}
}

function toRowMessage({ beginMs, key, currency, orders, quantity, amountMinor }: SalesRow): SalesRowMessage {
	return { beginTime: toTimestamp(new Date(beginMs)), key, currencyCode: currency, orders, quantity, amountMinor }
}
