import { isSku } from '@mercat/catalog-api/identifiers'
import type { Ticks, TicksQuery } from '@mercat/market-api/tick-schemas'
import { Problem } from '@mercat/rest-api/problem'
import { readPage } from '@mercat/rest-service/page'
import type { Budget } from '@mercat/service/budget'
import { longPages } from '@mercat/service/page-sizes'
import type { Bar } from '../folding/bars/bar.ts'
import type { Span } from '../folding/bars/bar-span.ts'
import type { ReadBarPage } from '../folding/bars/reading/read-bar-page.ts'
import { readSpan } from './query-span.ts'
import type { TellLatest } from './tell-latest.ts'

/** The rest of the span. */
export type TicksCursor = Span

export type ListTicksNeeds = {
	pageTokens: {
		encode(cursor: TicksCursor, of: unknown): string
		decode(token: string, of: unknown): TicksCursor | undefined
	}
	readBarPage: ReadBarPage
	/** Whether the catalog does not have a product, and no bar is stored. False while the products are not known. */
	isUnknown(sku: string, budget: Budget): Promise<boolean>
	tellLatest: TellLatest
	/** Milliseconds since 1970. */
	now(): number
}

/**
 * Lists a page of the bars of a product, with its latest price.
 *
 * @throws Problem PRODUCT_NOT_FOUND when neither the catalog nor the bars have the sku
 */
export function listTicks({ pageTokens, readBarPage, isUnknown, tellLatest, now }: ListTicksNeeds) {
	return async (sku: string, query: TicksQuery, budget: Budget): Promise<Ticks> => {
		if (!isSku(sku)) throw new Problem('PRODUCT_NOT_FOUND')
		const { step, from, to } = query
		const asked = readPage(pageTokens, query, [sku, step, from, to], longPages)
		const span = asked.after ?? readSpan(query, now())
		const [{ bars, nextMs }, latest] = await Promise.all([
			readBarPage({ sku, step, ...span, most: asked.size }, budget),
			tellLatest(sku, budget),
		])
		if (bars.length === 0 && (await isUnknown(sku, budget))) throw new Problem('PRODUCT_NOT_FOUND')
		const nextPageToken = asked.tokenAfter(nextMs === undefined ? undefined : { ...span, fromMs: nextMs })
		return { sku, step, bars: bars.map(toView), nextPageToken, ...(latest && { latest }) }
	}
}

function toView({ beginMs, currency, open, high, low, close, ticks }: Bar): Ticks['bars'][number] {
	const money = (amountMinor: number) => ({ amountMinor, currency })
	const prices = { open: money(open), high: money(high), low: money(low), close: money(close) }
	return { beginsAt: new Date(beginMs).toISOString(), ...prices, ticks }
}
