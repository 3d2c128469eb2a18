import type { Budget } from '@mercat/service/budget'
import { createHoldsFromMemory, type HoldFromMemoryNeeds } from './hold-from-memory.ts'
import type { ReservationRequest, ReserveOutcome } from './reservation.ts'
import { type ReserveUnderLocksNeeds, reserveUnderLocks } from './reserve-under-locks.ts'

export type ReserveBatchNeeds = HoldFromMemoryNeeds & Pick<ReserveUnderLocksNeeds, 'transaction'>

/**
 * Prices and holds stock for many orders. Each succeeds or fails by itself; an earlier request is served before a
 * later one. Returns an outcome for each request, in their order.
 */
export function reserveBatch({ transaction, holdAtOnce }: ReserveBatchNeeds) {
	const memory = createHoldsFromMemory({ holdAtOnce })
	const reserveRest = reserveUnderLocks({ transaction, seen: memory.remember })

	return async (requests: ReservationRequest[], budget: Budget): Promise<ReserveOutcome[]> => {
		const held = await memory.holdFirst(requests, budget)
		if (held.length === requests.length) return held
		return [...held, ...(await reserveRest(requests.slice(held.length), budget))]
	}
}
