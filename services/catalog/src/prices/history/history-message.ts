import type { GetPriceHistoryResponse } from '@mercat/catalog-api/messages/GetPriceHistoryResponse'
import type { PricePeriod as PeriodMessage } from '@mercat/catalog-api/messages/PricePeriod'
import type { History } from './bar-page.ts'
import type { PricePeriod } from './price-reads.ts'

/** The fields that each page of a history has. */
export function historyFields({ beginsAt, exactSince }: History): GetPriceHistoryResponse {
	return { beginTime: timestampOf(beginsAt), exactSince: timestampOf(exactSince) }
}

export function toPeriodMessage({ currency, amountMinor, beganAt, endedAt }: PricePeriod): PeriodMessage {
	return {
		price: { currencyCode: currency, amountMinor },
		beginTime: timestampOf(beganAt),
		endTime: endedAt === undefined ? null : timestampOf(endedAt),
	}
}

function timestampOf(us: number) {
	const seconds = Math.floor(us / 1e6)
	return { seconds, nanos: (us - seconds * 1e6) * 1000 }
}
