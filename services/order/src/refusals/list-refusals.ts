import type { Refusal, RefusalList, RefusalQuery } from '@mercat/order-api/refusal-schemas'
import { cutPage, readPage } from '@mercat/rest-service/page'
import type { Budget } from '@mercat/service/budget'
import type { PageTokens } from '@mercat/service/page-token'
import { type KeptRequest, keptMs } from './kept-request.ts'
import { readTraceId } from './trace-id.ts'

/** Where a page of refusals begins. */
export type RefusalPosition = Pick<KeptRequest, 'at' | 'nonce'>

/** A page of refusals to find. */
export type RefusalPageQuery = {
	code?: string
	customerId?: string
	traceId?: string
	orderId?: string
	/** The page begins after this position. Undefined finds the first page. */
	after?: RefusalPosition
	pageSize: number
}

export type ListRefusalsNeeds = {
	/** A page of refusals, the newest first. */
	listRefusals(query: RefusalPageQuery, budget: Budget): Promise<KeptRequest[]>
	/** How many requests of the last `keptMs` are not kept. */
	countLost(keptMs: number, budget: Budget): Promise<number>
	refusalPageTokens: PageTokens<RefusalPosition>
}

/**
 * Lists a page of the refusals of the last day.
 *
 * @throws Problem INVALID_REQUEST for a page token of another query
 */
export function listRefusals(needs: ListRefusalsNeeds) {
	return async (query: RefusalQuery, budget: Budget): Promise<RefusalList> => {
		const { code, customerId, orderId } = query
		const traceId = query.traceId === undefined ? undefined : readTraceId(query.traceId)
		const otherArguments = [code ?? null, customerId ?? null, traceId ?? null, orderId ?? null]
		const requested = readPage(needs.refusalPageTokens, query, otherArguments)
		const { after, size } = requested
		const [found, notKept] = await Promise.all([
			needs.listRefusals({ code, customerId, traceId, orderId, after, pageSize: size + 1 }, budget),
			needs.countLost(keptMs, budget),
		])
		const { page, nextPageToken } = cutPage(found, requested, ({ at, nonce }) => ({ at, nonce }))
		return { refusals: page.map(toRefusal), notKept, nextPageToken }
	}
}

function toRefusal({ members, ...record }: KeptRequest): Refusal {
	const { at, operation, status, code, customerId, orderId, traceId, detail } = record
	return { at, operation, status, code: code ?? '', customerId, orderId, traceId, detail: detail ?? '', ...members }
}
