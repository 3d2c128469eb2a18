import type { OrderList, OrderQueryString } from '@mercat/order-api/order-schemas'
import type { OrderStatus } from '@mercat/order-api/order-status'
import { Problem, parameterPlace } from '@mercat/order-api/problem'
import type { Budget } from '@mercat/service/budget'
import type { PageTokens } from '@mercat/service/page-token'
import type { Order } from '../order/order.ts'
import { toOrderView } from '../order/order-view.ts'

/** A page of orders to find. */
export type OrderQuery = {
	/** Undefined finds the orders of all customers. */
	customerId?: string
	status?: OrderStatus
	/** The page begins after this position. Undefined finds the first page. */
	after?: OrderPosition
	pageSize: number
}

export type OrderPosition = { placedAt: string; id: string }

export type ListOrdersNeeds = {
	/** A page of orders, newest first. */
	listOrders(query: OrderQuery, budget: Budget): Promise<Order[]>
	pageTokens: PageTokens<OrderPosition>
}

const defaultPageSize = 20
const largestPageSize = 100

/**
 * Lists a page of orders.
 *
 * @throws Problem INVALID_REQUEST for a page token of another query; FORBIDDEN for the orders of another customer
 */
export function listOrders({ listOrders: findPage, pageTokens }: ListOrdersNeeds) {
	return async (query: OrderQueryString, owner: string | undefined, budget: Budget): Promise<OrderList> => {
		const customerId = customerToList(query, owner)
		const { status } = query
		const pageSize = Math.min(query.pageSize || defaultPageSize, largestPageSize)
		const otherArguments = [customerId ?? null, status ?? null]
		const after = query.pageToken === '' ? undefined : pageTokens.decode(query.pageToken, otherArguments)
		if (query.pageToken !== '' && after === undefined) {
			throw new Problem('INVALID_REQUEST', {
				errors: [{ ...parameterPlace('pageToken'), code: 'pageToken', detail: 'must belong to this query' }],
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

/** The customer whose orders to list. Undefined, for staff only, lists the orders of all customers. */
function customerToList({ customerId }: OrderQueryString, owner: string | undefined): string | undefined {
	if (owner === undefined) return customerId
	if (customerId !== undefined && customerId !== owner) {
		throw new Problem('FORBIDDEN', {}, { detail: "Another customer's orders need the scope orders:manage." })
	}
	return owner
}
