import { isRefusal } from '@mercat/rest-api/problem'
import { ClientLeftError } from '@mercat/service/budget'
import { LRUCache } from 'lru-cache'
import type { OrderKey, PlaceOrderNeeds } from './place-order.ts'
import { createRecentIds } from './recent-ids.ts'
import { createWindowPasses } from './window-passes.ts'

export type PresumeNewNeeds = Pick<PlaceOrderNeeds, 'lookUpOrder' | 'reserveStock' | 'insertOrder'>

export type PresumeNewOptions = { maxUnpaidOrders: number; requestBudgetMs: number; paymentWindowMs: number }

// The share of the budget for which a reading of the database's clock is used. An older reading leaves less time to
// write.
const clockShare = 0.1
// The share of a customer's room that is used without a look-up. Other processes place orders of the same customer.
const roomShare = 0.1
const mostCustomers = 10_000

const never = { askedAt: Number.NEGATIVE_INFINITY, readAt: 0 }

/**
 * Adds `clockIfNew` to placing, for speed: an order that is presumed new needs no look-up. An order is presumed new when this
 * process has not seen its id, its customer has room as far as this process knows, and an order was written a moment ago,
 * which gave the time of the database's clock and showed that the database and the catalog answer.
 *
 * A presumption may be wrong: then the order has a reservation, and the catalog says so and changes nothing. A customer
 * whose room is not known gets one presumed order in a payment window. Any other customer gets a tenth of its room. So each
 * process may let a customer pass the limit of unpaid orders by that much.
 */
export function presumeNew(
	placing: PresumeNewNeeds,
	{ maxUnpaidOrders, requestBudgetMs, paymentWindowMs }: PresumeNewOptions,
): PresumeNewNeeds & Pick<PlaceOrderNeeds, 'clockIfNew'> {
	const seen = createRecentIds()
	const passes = createWindowPasses(paymentWindowMs)
	/** How many orders each customer may still place without a look-up. */
	const presumedRooms = new LRUCache<string, number>({ max: mostCustomers })
	/** When the last written order was sent to the database, and the database's clock at its writing. */
	let last = never

	function failed(error: unknown): never {
		if (!isRefusal(error) && !(error instanceof ClientLeftError)) last = never
		throw error
	}

	function takeRoom(customerId: string): boolean {
		if (maxUnpaidOrders === 0) return true
		const room = presumedRooms.get(customerId)
		if (room === undefined) return passes.take(customerId)
		if (room > 0) presumedRooms.set(customerId, room - 1)
		return room > 0
	}

	return {
		clockIfNew({ id, customerId }: OrderKey): number | undefined {
			if (seen.add(id)) return undefined
			if (performance.now() > last.askedAt + clockShare * requestBudgetMs) return undefined
			return takeRoom(customerId) ? last.readAt : undefined
		},

		async lookUpOrder(asked, budget) {
			const found = await placing.lookUpOrder(asked, budget).catch(failed)
			if (maxUnpaidOrders > 0) presumedRooms.set(asked.customerId, Math.floor((found.room - 1) * roomShare))
			return found
		},

		reserveStock: (request, budget) => placing.reserveStock(request, budget).catch(failed),

		async insertOrder(write, budget) {
			const askedAt = performance.now()
			const order = await placing.insertOrder(write, budget).catch(failed)
			last = order === undefined ? never : { askedAt, readAt: order.placedAt.getTime() }
			return order
		},
	}
}
