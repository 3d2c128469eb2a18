import { createReadLimit } from '@mercat/event-log/read-limit'
import type { OrderList, OrderQueryString } from '@mercat/order-api/order-schemas'
import { readPage } from '@mercat/rest-service/page'
import type { Budget } from '@mercat/service/budget'
import type { PageTokens } from '@mercat/service/page-token'
import type { Order } from '../order/order.ts'
import { toOrderView } from '../order/order-view.ts'
import { argumentsOf, looksAtOrders, type OrderFilter, orderFilterOf } from './order-query.ts'

/** Orders to find, newest first. */
export type OrderSearch = {
	filter: OrderFilter
	/** The orders after this position. Undefined begins with the newest order. */
	after?: OrderPosition | undefined
	/** The most orders to find. */
	limit: number
}

export type FoundOrders = {
	/** Newest first. */
	orders: Order[]
	/** Where the search has stopped, because it has looked at its most orders. Later orders may fit. */
	stoppedAt?: OrderPosition | undefined
}

export type OrderPosition = { placedAt: string; id: string }

export type ListOrdersNeeds = {
	/** Finds orders by looking at a bounded number of them. */
	searchOrders(search: OrderSearch, budget: Budget): Promise<FoundOrders>
	pageTokens: PageTokens<OrderPosition>
}

// A search that looks at thousands of orders keeps a connection of the database busy. Orders are placed on the others.
const mostSearches = 2

/**
 * Lists a page of orders.
 *
 * @throws Problem INVALID_REQUEST for a page token of another query; FORBIDDEN for the orders of another customer
 */
export function listOrders({ searchOrders, pageTokens }: ListOrdersNeeds) {
	const inTurn = createReadLimit({ most: mostSearches })

	return async (query: OrderQueryString, owner: string | undefined, budget: Budget): Promise<OrderList> => {
		const filter = orderFilterOf(query, owner)
		const { size, after, tokenAfter } = readPage(pageTokens, query, argumentsOf(filter))
		const search = () => searchOrders({ filter, after, limit: size + 1 }, budget)
		const { orders, stoppedAt } = await (looksAtOrders(filter) ? inTurn(search) : search())
		const page = orders.slice(0, size)
		const next = orders.length > size ? positionOf(page.at(-1)) : stoppedAt
		return {
			orders: page.map(toOrderView),
			nextPageToken: tokenAfter(next),
			...(next !== undefined && next === stoppedAt && { searchedTo: stoppedAt.placedAt }),
		}
	}
}

function positionOf(order: Order | undefined): OrderPosition | undefined {
	return order && { placedAt: order.placedAt.toISOString(), id: order.id }
}
