import { isRefusal } from '@mercat/order-api/problems'
import { ClientLeftError } from '@mercat/service/budget'
import { LRUCache } from 'lru-cache'
import { customerNamespaceOf } from '../order/order-id.ts'
import type { OrderKey, PlaceOrderNeeds } from './place-order.ts'

export type PresumeNewOptions = { maxUnpaidOrders: number; requestBudgetMs: number; paymentWindowMs: number }

type Placing = Pick<PlaceOrderNeeds, 'lookUpOrder' | 'reserveStock' | 'insertOrder'>

// Of the budget: the longer ago the clock was read, the less time is left to write an order.
const clockShare = 0.1
// Other processes place orders of the same customers.
const roomShare = 0.1
const mostCustomers = 10_000

const never = { askedAt: Number.NEGATIVE_INFINITY, readAt: 0 }

/**
 * Placing that knows which orders need not be looked up first: this process has not seen the order before, its
 * customer has room for it as far as is known, and the last order that was written, a moment ago, told the database's
 * clock and that all parts answer.
 *
 * It may be wrong: then the order has a reservation, and the catalog says so and changes nothing. Of a customer whose room
 * is not known one order is let through in a payment window, and of others a tenth of the room that there was: each
 * process may take a customer that far beyond the limit.
 */
export function presumeNew(
	placing: Placing,
	{ maxUnpaidOrders, requestBudgetMs, paymentWindowMs }: PresumeNewOptions,
): Placing & Pick<PlaceOrderNeeds, 'clockIfNew'> {
	const seen = createRecentIds()
	const passes = createPasses(paymentWindowMs)
	/** How many orders of a customer may still be placed without a look-up. */
	const unseenRooms = new LRUCache<string, number>({ max: mostCustomers })
	/** When the last order that was written was sent to the database, and when that was by the database's clock. */
	let last = never

	function failed(error: unknown): never {
		if (!isRefusal(error) && !(error instanceof ClientLeftError)) last = never
		throw error
	}

	function takeRoom(customerId: string): boolean {
		if (maxUnpaidOrders === 0) return true
		const room = unseenRooms.get(customerId)
		if (room === undefined) return passes.take(customerId)
		if (room > 0) unseenRooms.set(customerId, room - 1)
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
			if (maxUnpaidOrders > 0) unseenRooms.set(asked.customerId, Math.floor((found.room - 1) * roomShare))
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

// Each id has one place and is forgotten when another takes it; ids are hashes, so that they spread evenly. One that is
// taken for another, or is forgotten, costs a look-up, or a call to the catalog.
function createRecentIds() {
	const marks = new Uint32Array(2 ** 16)
	return {
		/** Whether it was there already. */
		add(id: string): boolean {
			const place = Number.parseInt(id.slice(0, 4), 16)
			const mark = Number.parseInt(id.slice(4, 8) + id.slice(9, 13), 16)
			const isThere = marks[place] === mark
			marks[place] = mark
			return isThere
		},
	}
}

/** One pass for each customer and payment window, in which unpaid orders live; those who share a place share it. */
function createPasses(windowMs: number) {
	const taken = new Uint8Array(2 ** 20)
	let renewedAt = performance.now()
	return {
		/** Whether there was one. */
		take(customerId: string): boolean {
			if (performance.now() > renewedAt + windowMs) {
				taken.fill(0)
				renewedAt = performance.now()
			}
			const place = customerNamespaceOf(customerId).readUIntBE(0, 3) >>> 4
			const isFree = taken[place] === 0
			taken[place] = 1
			return isFree
		},
	}
}
