import { Problem } from '@mercat/order-api/problems'
import type { OrderQueryString, OrderStatus, OrderView } from '@mercat/order-api/schemas'
import type { Budget } from '@mercat/service/budget'
import type { PageTokens } from '@mercat/service/page-token'
import type { Identity } from '@mercat/service/tokens'
import { isStaff } from '../http/authenticate.ts'
import type { Order } from '../order/order.ts'
import { toOrderView } from '../order/order-view.ts'

/** Which orders to list, newest first, and after which one to go on. */
export type OrderQuery = {
	/** Undefined lists everyone's. */
	customerId?: string
	status?: OrderStatus
	after?: OrderPosition
	pageSize: number
}

export type OrderPosition = { placedAt: string; id: string }

export type ListOrdersNeeds = {
	listOrders(query: OrderQuery, budget: Budget): Promise<Order[]>
	pageTokens: PageTokens<OrderPosition>
}

const defaultPageSize = 20
const largestPageSize = 100

/** A page of the caller's orders, or for staff of anyone's. */
export function listOrders({ listOrders: findPage, pageTokens }: ListOrdersNeeds) {
	return async (
		query: OrderQueryString,
		identity: Identity,
		budget: Budget,
	): Promise<{ orders: OrderView[]; nextPageToken: string }> => {
		const customerId = whoseOrders(query, identity)
		const { status } = query
		const pageSize = Math.min(query.pageSize || defaultPageSize, largestPageSize)
		const otherArguments = [customerId ?? null, status ?? null]
		const after = query.pageToken === '' ? undefined : pageTokens.decode(query.pageToken, otherArguments)
		if (query.pageToken !== '' && after === undefined) {
			throw new Problem('INVALID_REQUEST', {
				errors: [{ pointer: '#/pageToken', code: 'pageToken', detail: 'does not belong to this query' }],
			})
		}
		const found = await findPage({ customerId, status, after, pageSize: pageSize + 1 }, budget)
		const page = found.slice(0, pageSize)
		const last = page.at(-1)
		const nextPageToken =
			found.length > pageSize && last
				? pageTokens.encode({ placedAt: last.placedAt.toISOString(), id: last.id }, otherArguments)
				: ''
		return { orders: page.map(toOrderView), nextPageToken }
	}
}

function whoseOrders({ customerId }: OrderQueryString, identity: Identity): string | undefined {
	if (isStaff(identity)) return customerId
	if (customerId !== undefined && customerId !== identity.subject) {
		throw new Problem('FORBIDDEN', {}, { detail: "Another customer's orders need the scope orders:manage." })
	}
	return identity.subject
}
