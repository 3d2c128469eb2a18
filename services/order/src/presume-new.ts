import { LRUCache } from 'lru-cache'
import type { OrderKey, OrderLookup, PlaceOrderNeeds } from './place-order.ts'
import { Problem, problemTable } from './problems.ts'

type Placing = Pick<PlaceOrderNeeds, 'lookUpOrder' | 'reserveStock' | 'insertOrder'>

export type PresumeOptions = { maxUnpaidOrders: number; requestBudgetMs: number }

const mostOrders = 10_000
const mostCustomers = 10_000
// Who has at least half of their room left may fill so much of it unseen: not all of it by five replicas together.
const roomShare = 0.1
const roomKnownForMs = 1_000
// A clock that was read longer ago would leave an order less of its budget to be written in.
const clockShare = 0.1

/**
 * Placing that tells of most new orders what a look-up would find, without one: this process has not seen
 * the order before, its customer had room for more a moment ago, and the database's clock was just read.
 *
 * It may be wrong, as any look-up is once another copy of the request is ahead: then the catalog answers from the
 * order's reservation, and the order is found when it is to be written. A catalog that did not answer last time is
 * not asked in vain for an order that is there.
 */
export function presumeNew(
	placing: Placing,
	{ maxUnpaidOrders, requestBudgetMs }: PresumeOptions,
): Placing & Pick<PlaceOrderNeeds, 'presume'> {
	const seen = new LRUCache<string, true>({ max: mostOrders })
	const rooms = new LRUCache<string, { left: number; until: number }>({ max: mostCustomers })
	let clock = { readAt: 0, until: 0 }
	let catalogAnswers = false

	function readClock(readAt: number): void {
		clock = { readAt, until: performance.now() + clockShare * requestBudgetMs }
	}

	function learnRoom(customerId: string, room: OrderLookup['room'], now: number): void {
		if (maxUnpaidOrders === 0) return
		const known = rooms.get(customerId)
		if (known === undefined || known.until < now) {
			const left = room === 'plenty' ? Math.floor(roomShare * maxUnpaidOrders) : 0
			rooms.set(customerId, { left, until: now + roomKnownForMs })
		} else {
			// The others that were looked up at the same time take their places, too.
			known.left = room === 'plenty' ? known.left - 1 : 0
		}
	}

	function takeRoom(customerId: string, now: number): boolean {
		if (maxUnpaidOrders === 0) return true
		const room = rooms.get(customerId)
		if (room === undefined || room.until < now || room.left <= 0) return false
		room.left--
		return true
	}

	return {
		presume({ id, customerId }: OrderKey): OrderLookup | undefined {
			const now = performance.now()
			const isNew = !seen.has(id)
			seen.set(id, true)
			if (!isNew || !catalogAnswers || clock.until < now || !takeRoom(customerId, now)) return undefined
			return { room: 'plenty', readAt: clock.readAt }
		},

		async lookUpOrder(asked, budget) {
			const found = await placing.lookUpOrder(asked, budget)
			readClock(found.readAt)
			learnRoom(asked.customerId, found.room, performance.now())
			return found
		},

		async reserveStock(request, budget) {
			try {
				const outcome = await placing.reserveStock(request, budget)
				catalogAnswers = true
				return outcome
			} catch (error) {
				if (error instanceof Problem) catalogAnswers = problemTable[error.code].status < 500
				throw error
			}
		},

		async insertOrder(write, budget) {
			const order = await placing.insertOrder(write, budget)
			if (order !== undefined) readClock(order.placedAt.getTime())
			return order
		},
	}
}
