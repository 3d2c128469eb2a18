import type { Budget } from '@mercat/service/budget'
import { LRUCache } from 'lru-cache'
import { CatalogError } from '../grpc/errors.ts'
import type { NewHold } from './new-hold-store.ts'
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
	transaction<T>(work: (transaction: ReservationTransaction) => Promise<T>, budget?: Budget): Promise<T>
	/** Writes the holds in one statement if all of them still stand, and tells since when they hold. */
	holdAtOnce(holds: NewHold[], budget: Budget): Promise<Date | undefined>
}

/** What came of a request to reserve. */
export type ReserveOutcome = Reservation | Refusal

const mostAttempts = 5
const mostRemembered = 20_000

/**
 * Prices and holds stock for many orders; each succeeds or fails by itself, those that come first in
 * `requests` first.
 *
 * Most orders are new, and for products that were just sold. They are priced by what is remembered of the
 * products and written in one statement, which does so only if all of it is still true. Otherwise they are
 * decided in a transaction, with everything that matters locked.
 */
export function reserveBatch({ transaction, holdAtOnce }: ReserveBatchNeeds) {
	const remembered = new LRUCache<string, ShelfItem>({ max: mostRemembered })

	async function holdFromMemory(requests: ReservationRequest[], budget: Budget) {
		// Up to the first that cannot be told from memory, or comes for an order again: those that come after it
		// must not be served before it. A product that some of these cannot have is kept from all of them.
		const holds = new Map<string, { request: ReservationRequest; hold: NewHold }>()
		for (const request of requests) {
			const { orderId, holdMs } = request
			const hold = priceHold(request.lines, remembered)
			if ('refused' in hold || holds.has(orderId)) break
			holds.set(orderId, { request, hold: { ...hold, orderId, holdMs } })
		}
		const outcomes = new Map<ReservationRequest, ReserveOutcome>()
		if (holds.size === 0) return outcomes
		const asked = [...holds.values()]
		const since = await holdAtOnce(
			asked.map(({ hold }) => hold),
			budget,
		)
		if (since === undefined) return outcomes
		for (const { request, hold } of asked) {
			outcomes.set(request, { ...hold, state: 'held', expiresAt: new Date(since.getTime() + request.holdMs) })
		}
		return outcomes
	}

	return async (requests: ReservationRequest[], budget: Budget): Promise<ReserveOutcome[]> => {
		const outcomes = await holdFromMemory(requests, budget)
		let open = requests.filter((request) => !outcomes.has(request))
		// A copy of a request that another transaction was first with is asked again: now it is there to see.
		for (let attempt = 1; open.length > 0; attempt++) {
			if (attempt > mostAttempts) {
				throw new CatalogError('INTERNAL', { cause: new Error('reservations kept losing races') })
			}
			const asked = open
			const { decided, shelf } = await transaction((connection) => decideAndWrite(connection, asked), budget)
			for (const item of shelf.values()) remembered.set(item.sku, item)
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
): Promise<{ decided: Map<ReservationRequest, ReserveOutcome>; shelf: Map<string, ShelfItem> }> {
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
	return { decided: outcomes, shelf }
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
