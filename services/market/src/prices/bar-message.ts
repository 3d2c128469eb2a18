import { toTimestamp } from '@mercat/catalog-api/timestamps'
import type { PriceBar } from '@mercat/market-api/messages/PriceBar'
import type { Bar } from '../folding/bars/bar.ts'

export function toBarMessage({ beginMs, currency, open, high, low, close, ticks }: Bar): PriceBar {
	return {
		beginTime: toTimestamp(new Date(beginMs)),
		currencyCode: currency,
		openMinor: open,
		highMinor: high,
		lowMinor: low,
		closeMinor: close,
		ticks,
	}
}
