import type { SalesQueryString, SalesRowView, SalesView } from '@mercat/market-api/sales-schemas'
import { Problem, parameterPlace } from '@mercat/rest-api/problem'
import { cutPage, readPage } from '@mercat/rest-service/page'
import type { Budget } from '@mercat/service/budget'
import { longPages } from '@mercat/service/page-sizes'
import type { Span } from '../folding/bars/bar-span.ts'
import { readSpan } from '../prices/query-span.ts'
import type { SalesCursor, SalesMark, SalesQuery, SalesRow } from './sales-query.ts'

/** Where the next page begins. The span stays that of the first page, also where it ends now. */
export type SalesPlaceInList = SalesCursor & Span

export type ListSalesNeeds = {
	pageTokens: {
		encode(cursor: SalesPlaceInList, of: unknown): string
		decode(token: string, of: unknown): SalesPlaceInList | undefined
	}
	/** Up to so many rows, in the order of time. */
	readRows(query: SalesQuery, budget: Budget): Promise<SalesRow[]>
	findMark(budget: Budget): Promise<Pick<SalesMark, 'throughMs'>>
	/** Milliseconds since 1970. */
	now(): number
}

/**
 * Lists a page of what orders have sold.
 *
 * @throws Problem INVALID_REQUEST for a status with sales by status
 */
export function listSales({ pageTokens, readRows, findMark, now }: ListSalesNeeds) {
	return async (query: SalesQueryString, budget: Budget): Promise<SalesView> => {
		const { by, step, from, to, status } = query
		if (by === 'status' && status !== undefined) throw statusProblem()
		const asked = readPage(pageTokens, query, [by, step, from, to, status], longPages)
		const span = asked.after ?? readSpan(query, now())
		const { fromMs, toMs } = span
		// Read first: the rows may have more, and never less.
		const { throughMs } = await findMark(budget)
		const found = await readRows(
			{ by, step, status: status ?? 'paid', fromMs, toMs, after: asked.after, limit: asked.size + 1 },
			budget,
		)
		const { page, nextPageToken } = cutPage(found, asked, ({ beginMs, key, currency }) => {
			return { beginMs, key, currency, fromMs, toMs }
		})
		return {
			by,
			step,
			rows: page.map(toView),
			foldedThrough: throughMs === null ? null : new Date(throughMs).toISOString(),
			nextPageToken,
		}
	}
}

function statusProblem(): Problem {
	const detail = 'must not be given with by=status, which counts each status'
	return new Problem('INVALID_REQUEST', { errors: [{ ...parameterPlace('status'), code: 'status', detail }] })
}

function toView({ dimension, key, beginMs, orders, quantity, amountMinor, currency }: SalesRow): SalesRowView {
	const amount = { amountMinor, currency }
	return { beginsAt: new Date(beginMs).toISOString(), [dimension]: key, orders, quantity, amount }
}
