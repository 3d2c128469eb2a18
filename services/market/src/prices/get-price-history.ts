import { openPage } from '@mercat/grpc-service/open-page'
import { checkSku } from '@mercat/grpc-service/skus'
import type { GetPriceHistoryRequest__Output as Request } from '@mercat/market-api/messages/GetPriceHistoryRequest'
import type { GetPriceHistoryResponse as Response } from '@mercat/market-api/messages/GetPriceHistoryResponse'
import type { Budget } from '@mercat/service/budget'
import { longPages } from '@mercat/service/page-sizes'
import type { PageTokens } from '@mercat/service/page-token'
import { MarketError } from '../errors/market-error.ts'
import type { Span } from '../folding/bars/bar-span.ts'
import type { ReadBarPage } from '../folding/bars/reading/read-bar-page.ts'
import { toBarMessage } from './bar-message.ts'
import { readSpan } from './history-request.ts'
import { stepOf } from './step-of.ts'

/** The rest of the span. */
export type HistoryCursor = Span

export type GetPriceHistoryNeeds = {
	pageTokens: PageTokens<HistoryCursor>
	readBarPage: ReadBarPage
	/** Whether the catalog does not have a product, and no bar is stored. False while the products are not known. */
	isUnknown(sku: string, budget: Budget): Promise<boolean>
	/** Milliseconds since 1970. */
	now(): number
}

/** One page of the bars of a product. */
export function getPriceHistory({ pageTokens, readBarPage, isUnknown, now }: GetPriceHistoryNeeds) {
	return async (request: Request, budget: Budget): Promise<Response> => {
		const { sku, from, to } = request
		checkSku(sku)
		const step = stepOf(request.step)
		const of = ['price bars', sku, step, from, to]
		const { after, size, tokenAfter } = openPage(request, { pageTokens, of, sizes: longPages })
		const span = after ?? readSpan(request, step, now())
		const { bars, nextMs } = await readBarPage({ sku, step, ...span, most: size }, budget)
		if (bars.length === 0 && (await isUnknown(sku, budget)))
			throw new MarketError('PRODUCT_NOT_FOUND', { metadata: { skus: sku } })
		const nextPageToken = tokenAfter(nextMs === undefined ? undefined : { ...span, fromMs: nextMs })
		return { bars: bars.map(toBarMessage), nextPageToken }
	}
}
