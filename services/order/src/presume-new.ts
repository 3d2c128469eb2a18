import { LRUCache } from 'lru-cache'
import type { OrderKey, PlaceOrderNeeds } from './place-order.ts'
import { isRefusal } from './problems.ts'

export type PresumeNewOptions = { maxUnpaidOrders: number; requestBudgetMs: number }

type Placing = Pick<PlaceOrderNeeds, 'lookUpOrder' | 'reserveStock' | 'insertOrder'>

// An order is written within its budget from when the database's clock was read: what that is longer ago is lost to it.
const clockShare = 0.1
// Other processes place orders of the same customers.
const roomShare = 0.1
const mostCustomers = 10_000

/**
 * Placing that knows which orders need not be looked up first: this process has not seen the order before, its
 * customer has room for it as far as is known, and the last order that was written, a moment ago, told the database's
 * clock and that all parts answer.
 *
 * It may be wrong: then the catalog knows the order's reservation, says so and changes nothing. Of a customer nobody here
 * has looked up one order is let through, and of others a tenth of the room that there was; so with several
 * processes a customer may come to a few more unpaid orders than the limit.
 */
export function presumeNew(
	placing: Placing,
	{ maxUnpaidOrders, requestBudgetMs }: PresumeNewOptions,
): Placing & Pick<PlaceOrderNeeds, 'presumeNew'> {
	const seen = createRecentIds()
	/** How many orders of a customer may still be placed without a look-up. */
	const unseenRooms = new LRUCache<string, number>({ max: mostCustomers })
	/** When the last order that was written was sent to the database, and when that was by the database's clock. */
	let last = { askedAt: Number.NEGATIVE_INFINITY, readAt: 0 }

	function failed(error: unknown): never {
		if (!isRefusal(error)) last = { askedAt: Number.NEGATIVE_INFINITY, readAt: 0 }
		throw error
	}

	function takeRoom(customerId: string): boolean {
		if (maxUnpaidOrders === 0) return true
		const room = unseenRooms.get(customerId) ?? 1
		if (room > 0) unseenRooms.set(customerId, room - 1)
		return room > 0
	}

	return {
		presumeNew({ id, customerId }: OrderKey): number | undefined {
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
			if (order !== undefined && askedAt > last.askedAt) last = { askedAt, readAt: order.placedAt.getTime() }
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
