import type { CommitReservationsRequest__Output } from '@mercat/catalog-api/messages/CommitReservationsRequest'
import type { CommitReservationsResponse } from '@mercat/catalog-api/messages/CommitReservationsResponse'
import type { Budget } from '@mercat/service/budget'
import { validateOrderIds } from './order-ids.ts'
import type { Reservation, ShelfItem } from './reservation.ts'
import type { ReservationTransaction, SettleWrite } from './reservation-store.ts'

export type CommitReservationsNeeds = {
	transaction<T>(work: (transaction: ReservationTransaction) => Promise<T>, budget?: Budget): Promise<T>
}

type CommitRefusal = 'OUT_OF_STOCK' | 'RESERVATION_NOT_FOUND' | 'RESERVATION_RELEASED'

/** Turns holds into sales. A hold that ran out takes its stock again, if it is there. */
export function commitReservations({ transaction }: CommitReservationsNeeds) {
	return async (message: CommitReservationsRequest__Output, budget: Budget): Promise<CommitReservationsResponse> => {
		const orderIds = validateOrderIds(message.orderIds)
		const refusals = await transaction((connection) => commitBatch(connection, orderIds), budget)
		return { results: message.orderIds.map((orderId) => ({ orderId, refusalReason: refusals.get(orderId) ?? '' })) }
	}
}

async function commitBatch(
	transaction: ReservationTransaction,
	orderIds: string[],
): Promise<Map<string, CommitRefusal>> {
	const reservations = await transaction.lockReservations(orderIds)
	const open = [...reservations.values()].filter(({ state }) => state === 'held' || state === 'expired')
	const skus = new Set(open.flatMap(({ lines }) => lines.map(({ sku }) => sku)))
	const shelf = skus.size > 0 ? await transaction.lockShelf([...skus].sort()) : new Map<string, ShelfItem>()

	const refusals = new Map<string, CommitRefusal>()
	const writes: SettleWrite[] = []
	for (const orderId of orderIds) {
		const reservation = reservations.get(orderId)
		const refusal = whyNotCommitted(reservation, shelf)
		if (refusal !== undefined) {
			refusals.set(orderId, refusal)
		} else if (reservation !== undefined && reservation.state !== 'committed') {
			writes.push({ reservation, to: 'committed' })
			sellFromShelf(shelf, reservation)
		}
	}
	if (writes.length > 0) await transaction.settle(writes)
	return refusals
}

function whyNotCommitted(
	reservation: Reservation | undefined,
	shelf: Map<string, ShelfItem>,
): CommitRefusal | undefined {
	if (reservation === undefined) return 'RESERVATION_NOT_FOUND'
	if (reservation.state === 'released') return 'RESERVATION_RELEASED'
	if (reservation.state === 'expired' && !isOnShelf(reservation, shelf)) return 'OUT_OF_STOCK'
	return undefined
}

function isOnShelf({ lines }: Reservation, shelf: Map<string, ShelfItem>): boolean {
	return lines.every(({ sku, quantity }) => {
		const item = shelf.get(sku)
		return item !== undefined && item.onHand - item.held >= quantity
	})
}

// The rest of the batch sees what this sale leaves.
function sellFromShelf(shelf: Map<string, ShelfItem>, { lines, state }: Reservation): void {
	for (const { sku, quantity } of lines) {
		const item = shelf.get(sku) as ShelfItem
		item.onHand -= quantity
		if (state === 'held') item.held -= quantity
	}
}
