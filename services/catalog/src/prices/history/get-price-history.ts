import type { GetPriceHistoryRequest__Output as Request } from '@mercat/catalog-api/messages/GetPriceHistoryRequest'
import type { GetPriceHistoryResponse as Response } from '@mercat/catalog-api/messages/GetPriceHistoryResponse'
import { openPage } from '@mercat/grpc-service/open-page'
import { checkSku } from '@mercat/grpc-service/skus'
import type { Budget } from '@mercat/service/budget'
import { longPages } from '@mercat/service/page-sizes'
import type { PageTokens } from '@mercat/service/page-token'
import { productNotFound } from '../../errors/catalog-error.ts'
import { type BarCursor, currenciesIn, toBarPage } from './bar-page.ts'
import type { BarEncoder } from './encode-bars.ts'
import { historyFields, toPeriodMessage } from './history-message.ts'
import { readRange, readStep } from './history-request.ts'
import type { PricePeriod, PriceReads, Range } from './price-reads.ts'

/** Where a page of periods ended: when its last one did. */
export type PeriodCursor = { endedAt: number }

export type HistoryCursor = PeriodCursor | BarCursor

export type GetPriceHistoryNeeds = PriceReads & {
	encodeBars: BarEncoder
	pageTokens: PageTokens<HistoryCursor>
	/** How many prices a page of bars reads, whatever its range is. Only a step with more prices is read whole. */
	mostPrices?: number
}

/** One page of the history of a product's price: the prices as they were, or bars. */
export function getPriceHistory(needs: GetPriceHistoryNeeds) {
	const { pageTokens, readPeriods, readBars, encodeBars, mostPrices = 5_000 } = needs

	async function periodsPage(request: Request, range: Range, budget: Budget): Promise<Response> {
		const of = ['price periods', request.sku, range]
		const page = openPage(request, { pageTokens: pageTokens as PageTokens<PeriodCursor>, of, sizes: longPages })
		const from = page.after?.endedAt ?? range.from
		const found = await readPeriods(request.sku, { ...range, from }, page.readSize, budget)
		if (found === undefined) throw productNotFound([request.sku])
		const { history } = found
		// No price is known of a time that is yet to come.
		const isToCome = from !== undefined && from > Math.max(history.now, history.price.beganAt)
		const cursorOf = ({ endedAt }: PricePeriod) => ({ endedAt: endedAt as number })
		const { items, nextPageToken } = page.cut(isToCome ? [] : found.periods, cursorOf)
		return { periods: items.map(toPeriodMessage), nextPageToken, ...historyFields(history) }
	}

	async function barsPage(request: Request, range: Range, stepUs: number, budget: Budget): Promise<Buffer> {
		const of = ['price bars', request.sku, range, stepUs]
		const asked = openPage(request, { pageTokens: pageTokens as PageTokens<BarCursor>, of, sizes: longPages })
		const { after, size } = asked
		const { from, to } = range
		const steps = {
			stepUs,
			fromStep: after?.step ?? (from === undefined ? Number.NEGATIVE_INFINITY : Math.floor(from / stepUs)),
			toStep: to === undefined ? Number.POSITIVE_INFINITY : Math.ceil(to / stepUs),
			mostBars: asked.readSize + currenciesIn(after?.told ?? '').size,
		}
		for (let most = mostPrices; ; most *= 10) {
			const found = await readBars(request.sku, { ...steps, mostPrices: most }, budget)
			if (found === undefined) throw productNotFound([request.sku])
			const page = toBarPage(found, { stepUs, from, toStep: steps.toStep, after, size })
			if (page === undefined) continue
			const nextPageToken = asked.tokenAfter(page.next)
			return encodeBars(page.bars, stepUs, { nextPageToken, ...historyFields(found.history) })
		}
	}

	return async (request: Request, budget: Budget): Promise<Response | Buffer> => {
		checkSku(request.sku)
		const stepUs = readStep(request.step)
		const range = readRange(request)
		return stepUs === undefined ? periodsPage(request, range, budget) : barsPage(request, range, stepUs, budget)
	}
}
