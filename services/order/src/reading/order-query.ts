import type { OrderQueryString } from '@mercat/order-api/order-schemas'
import type { OrderStatus } from '@mercat/order-api/order-status'
import { Problem, parameterPlace } from '@mercat/order-api/problem'

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
	const placedAfter = timeOf('placedAfter', query.placedAfter)
	const placedBefore = timeOf('placedBefore', query.placedBefore)
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

// The database takes no year 0 and no year 10000, which a time zone can make of a valid time.
const earliestMs = 0
const latestMs = Date.UTC(9999, 11, 31)

function timeOf(parameter: 'placedAfter' | 'placedBefore', text: string | undefined): Date | undefined {
	if (text === undefined) return undefined
	const time = Date.parse(text)
	// The format of the schema permits a leap second, which a Date cannot have.
	if (Number.isNaN(time)) throw invalidTime(parameter, 'must be a time in RFC 3339 without a leap second')
	return new Date(Math.min(Math.max(time, earliestMs), latestMs))
}

function invalidTime(parameter: string, detail: string): Problem {
	return new Problem('INVALID_REQUEST', { errors: [{ ...parameterPlace(parameter), code: 'time', detail }] })
}
