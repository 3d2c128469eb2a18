import type { TimeLimit } from '@mercat/database/database'
import { CatalogError } from './errors.ts'
import {
	answerFromEarlier,
	type PricedHold,
	priceHold,
	type Refusal,
	type Reservation,
	type ReservationRequest,
	type ShelfItem,
} from './reservation.ts'
import type { HoldWrite, ReservationTransaction } from './reservation-store.ts'

export type ReserveBatchNeeds = {
	transaction<T>(work: (transaction: ReservationTransaction) => Promise<T>, limit?: TimeLimit): Promise<T>
}

/** What came of a request to reserve. */
export type ReserveOutcome = Reservation | Refusal

const mostAttempts = 5

/**
 * Prices and holds stock for many orders in one transaction; each succeeds or fails by itself, those
 * that come first in `requests` first.
 */
export function reserveBatch({ transaction }: ReserveBatchNeeds) {
	return async (requests: ReservationRequest[], limit: TimeLimit): Promise<ReserveOutcome[]> => {
		const outcomes = new Map<ReservationRequest, ReserveOutcome>()
		let open = requests
		// A copy of a request that another transaction was first with is asked again: now it is there to see.
		for (let attempt = 1; open.length > 0; attempt++) {
			if (attempt > mostAttempts) {
				throw new CatalogError('INTERNAL', { cause: new Error('reservations kept losing races') })
			}
			const asked = open
			const decided = await transaction((connection) => decideAndWrite(connection, asked), limit)
			for (const [request, outcome] of decided) outcomes.set(request, outcome)
			open = open.filter((request) => !outcomes.has(request))
		}
		return requests.map((request) => outcomes.get(request) as ReserveOutcome)
	}
}

/** Decides and writes a batch; what has no outcome lost a race and is to be asked again. */
async function decideAndWrite(
	transaction: ReservationTransaction,
	requests: ReservationRequest[],
): Promise<Map<ReservationRequest, ReserveOutcome>> {
	const orderIds = new Set(requests.map(({ orderId }) => orderId))
	const skus = new Set(requests.flatMap(({ lines }) => lines.map(({ sku }) => sku)))
	// Together, although those that hold their stock already need none: nearly all are new.
	const [reservations, shelf] = await Promise.all([
		transaction.lockReservations([...orderIds].sort()),
		transaction.lockShelf([...skus].sort()),
	])

	const outcomes = new Map<ReservationRequest, ReserveOutcome>()
	const writes = new Map<string, HoldWrite>()
	for (const request of requests) {
		const { orderId, holdMs } = request
		const earlier = reservations.get(orderId)
		const outcome = answerFromEarlier(request, earlier) ?? priceHold(request.lines, shelf)
		if ('refused' in outcome) {
			outcomes.set(request, outcome)
			continue
		}
		if (earlier === undefined || earlier.state === 'expired') {
			takeFromShelf(shelf, outcome)
			writes.set(orderId, { ...outcome, orderId, holdMs, write: earlier ? 'revive' : 'insert' })
			reservations.set(orderId, { ...outcome, orderId, state: 'held', expiresAt: new Date(0) })
		} else if (earlier.state === 'held' && !writes.has(orderId)) {
			writes.set(orderId, { ...earlier, holdMs, write: 'extend' })
		}
		outcomes.set(request, reservations.get(orderId) as Reservation)
	}

	await forgetOvertaken(transaction, requests, reservations, outcomes)

	const ends = writes.size > 0 ? await transaction.writeHoldsAndCommit([...writes.values()]) : new Map<string, Date>()
	const isOvertaken = [...writes.keys()].some((orderId) => !ends.has(orderId))
	for (const [request, outcome] of outcomes) {
		if ('refused' in outcome) {
			// What an overtaken order seemed to take may still be there for the others.
			if (isOvertaken && outcome.refused === 'OUT_OF_STOCK') outcomes.delete(request)
			continue
		}
		if (!writes.has(request.orderId)) continue
		const expiresAt = ends.get(request.orderId)
		if (expiresAt === undefined) outcomes.delete(request)
		else outcomes.set(request, { ...outcome, expiresAt })
	}
	return outcomes
}

// While this transaction waited for the stock, another may have taken it for the very same order: then the
// order is not refused but asked again. The look is without a lock, which could only wait in a circle.
async function forgetOvertaken(
	transaction: ReservationTransaction,
	requests: ReservationRequest[],
	reservations: Map<string, Reservation>,
	outcomes: Map<ReservationRequest, ReserveOutcome>,
): Promise<void> {
	const refused = requests.filter((request) => {
		const outcome = outcomes.get(request)
		return outcome !== undefined && 'refused' in outcome && !reservations.has(request.orderId)
	})
	if (refused.length === 0) return
	const known = await transaction.findKnown(refused.map(({ orderId }) => orderId))
	for (const request of refused) if (known.has(request.orderId)) outcomes.delete(request)
}

// The rest of the batch sees what this hold leaves.
function takeFromShelf(shelf: Map<string, ShelfItem>, hold: PricedHold): void {
	for (const { sku, quantity } of hold.lines) {
		const item = shelf.get(sku) as ShelfItem
		item.held += quantity
	}
}
