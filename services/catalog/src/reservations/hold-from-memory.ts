import type { Budget } from '@mercat/service/budget'
import { LRUCache } from 'lru-cache'
import { priceHold } from './price-hold.ts'
import type { NewHold, ReservationRequest, ReserveOutcome, ShelfItem } from './reservation.ts'

export type HoldFromMemoryNeeds = {
	/**
	 * Writes the holds in one statement, if all of them still stand.
	 *
	 * @returns since when they hold; `undefined` when one does not stand and nothing was written
	 */
	holdAtOnce(holds: NewHold[], budget: Budget): Promise<Date | undefined>
}

const mostRemembered = 20_000

/**
 * The fast path of reservations: most orders are new, and want products that were sold a moment ago. Their holds are
 * priced from memory and written in one statement, which writes only if all of it is still true. This saves the round
 * trips of a transaction with locks; reservations are right without it.
 */
export function createHoldsFromMemory({ holdAtOnce }: HoldFromMemoryNeeds) {
	const remembered = new LRUCache<string, ShelfItem>({ max: mostRemembered })

	// Ends before the first request that memory cannot grant, or that repeats an order: a later request must not be
	// served before it.
	function holdsForFirst(requests: ReservationRequest[]): NewHold[] {
		const holds: NewHold[] = []
		const orderIds = new Set<string>()
		for (const { orderId, lines, holdMs } of requests) {
			const priced = priceHold(lines, remembered)
			if (priced.outcome === 'refused' || orderIds.has(orderId)) break
			orderIds.add(orderId)
			holds.push({ ...priced.hold, orderId, holdMs })
		}
		return holds
	}

	return {
		/** Holds what the first requests ask for, and returns an outcome for each request that it held. */
		async holdFirst(requests: ReservationRequest[], budget: Budget): Promise<ReserveOutcome[]> {
			const holds = holdsForFirst(requests)
			if (holds.length === 0) return []
			const since = await holdAtOnce(holds, budget)
			if (since === undefined) return []
			return holds.map(({ orderId, lines, currency, totalMinor, holdMs }) => {
				const expiresAt = new Date(since.getTime() + holdMs)
				return { outcome: 'reserved', reservation: { orderId, state: 'held', lines, currency, totalMinor, expiresAt } }
			})
		},

		/** Remembers products as a transaction has seen them. */
		remember(shelf: Iterable<ShelfItem>): void {
			for (const item of shelf) remembered.set(item.sku, item)
		},
	}
}
