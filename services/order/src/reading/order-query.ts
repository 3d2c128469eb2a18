import type { OrderQueryString } from '@mercat/order-api/order-schemas'
import type { OrderStatus } from '@mercat/order-api/order-status'
import { Problem } from '@mercat/rest-api/problem'
import { invalidTime, readTime } from '@mercat/rest-service/time-parameter'

/** The orders that a reader asks for. A missing member asks for all. */
export type OrderFilter = {
	customerId?: string | undefined
	status?: OrderStatus | undefined
	sku?: string | undefined
	/** The order's own reference, or that of one of its transitions. */
	reference?: string | undefined
	/** Orders that were placed at this time or later. */
	placedAfter?: Date | undefined
	/** Orders that were placed before this time. */
	placedBefore?: Date | undefined
}

/**
 * The orders that a query asks for. `owner` is the customer that asks, undefined for staff.
 *
 * @throws Problem INVALID_REQUEST for times that are none; FORBIDDEN for the orders of another customer
 */
export function orderFilterOf(query: OrderQueryString, owner: string | undefined): OrderFilter {
	const customerId = customerToList(query, owner)
	const placedAfter = readTime('placedAfter', query.placedAfter)
	const placedBefore = readTime('placedBefore', query.placedBefore)
	if (placedAfter !== undefined && placedBefore !== undefined && placedAfter > placedBefore) {
		throw invalidTime('placedBefore', 'must not be before placedAfter')
	}
	const { status, sku, reference } = query
	return { customerId, status, sku, reference, placedAfter, placedBefore }
}

/** Whether orders must be looked at one by one, because no index has what the filter asks for. */
export function looksAtOrders({ status, sku, reference }: OrderFilter): boolean {
	return status !== undefined || sku !== undefined || reference !== undefined
}

/** The filter as a page token keeps it. A query that an earlier version knew has the same arguments as there. */
export function argumentsOf({ customerId, status, sku, reference, placedAfter, placedBefore }: OrderFilter): unknown[] {
	const later = [sku, reference, placedAfter, placedBefore]
	const given = later.some((argument) => argument !== undefined) ? later : []
	return [customerId, status, ...given].map((argument) => argument ?? null)
}

/** The customer whose orders to list. Undefined, for staff only, lists the orders of all customers. */
function customerToList({ customerId }: OrderQueryString, owner: string | undefined): string | undefined {
	if (owner === undefined) return customerId
	if (customerId !== undefined && customerId !== owner) {
		throw new Problem('FORBIDDEN', {}, { detail: "Another customer's orders need the scope orders:manage." })
	}
	return owner
}
