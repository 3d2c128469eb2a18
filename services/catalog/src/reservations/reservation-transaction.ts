import type { Budget } from '@mercat/service/budget'
import type { NewHold, Reservation, ShelfItem } from './reservation.ts'
import type { Settlement } from './settlement.ts'

/** A hold to write: `insert` for a new order, `revive` for an order whose hold expired, `extend` for a held order. */
export type HoldWrite = NewHold & { write: 'insert' | 'revive' | 'extend' }

/**
 * The steps of a transaction on reservations. Every transaction takes them in this order: it locks reservations by
 * order id, then stock by sku, then it writes. So no two transactions deadlock.
 */
export type ReservationTransaction = {
	lockReservations(orderIds: string[]): Promise<Map<string, Reservation>>
	lockShelf(skus: string[]): Promise<Map<string, ShelfItem>>
	/** The orders that have a reservation by now. Takes no lock. */
	findKnown(orderIds: string[]): Promise<Set<string>>
	/**
	 * Writes the holds and commits.
	 *
	 * @returns the ends of the written holds, by order id. An insert that lost to another transaction has none.
	 */
	writeHoldsAndCommit(holds: HoldWrite[]): Promise<Map<string, Date>>
	/** `who` is the subject of the caller, for the ledger. A sweep has none, and changes no quantity on hand. */
	settle(settlements: Settlement[], who?: string): Promise<void>
	/** Records unknown orders as released. Returns the orders that another transaction has recorded meanwhile. */
	insertReleased(orderIds: string[]): Promise<string[]>
	/** Locks up to `limit` holds that are past their end. Skips holds that another transaction has locked. */
	lockRunOutHolds(limit: number): Promise<Reservation[]>
}

/** Runs `work` in one transaction, which may run again from the start after a deadlock. */
export type InReservationTransaction = <T>(
	work: (transaction: ReservationTransaction) => Promise<T>,
	budget?: Budget,
) => Promise<T>
