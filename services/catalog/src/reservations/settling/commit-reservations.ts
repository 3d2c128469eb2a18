import type { CommitReservationsRequest__Output } from '@mercat/catalog-api/messages/CommitReservationsRequest'
import type { CommitReservationsResponse } from '@mercat/catalog-api/messages/CommitReservationsResponse'
import type { Budget } from '@mercat/service/budget'
import type { Identity } from '@mercat/service/tokens'
import { sortedOrderIds } from '../../errors/identifiers.ts'
import { type Reservation, type ShelfItem, sortedSkus } from '../reservation.ts'
import type { InReservationTransaction, ReservationTransaction } from '../reservation-transaction.ts'
import type { Settlement } from '../settlement.ts'

export type CommitReservationsNeeds = { transaction: InReservationTransaction }

type CommitRefusal = 'OUT_OF_STOCK' | 'RESERVATION_NOT_FOUND' | 'RESERVATION_RELEASED'

/** Turns holds into sales. A hold that expired takes its stock again, if the stock is still there. */
export function commitReservations({ transaction }: CommitReservationsNeeds) {
	return async (
		message: CommitReservationsRequest__Output,
		budget: Budget,
		{ subject }: Pick<Identity, 'subject'>,
	): Promise<CommitReservationsResponse> => {
		const orderIds = sortedOrderIds(message.orderIds)
		const refusals = await transaction((steps) => commitBatch(steps, orderIds, subject), budget)
		return { results: message.orderIds.map((orderId) => ({ orderId, refusalReason: refusals.get(orderId) ?? '' })) }
	}
}

async function commitBatch(
	transaction: ReservationTransaction,
	orderIds: string[],
	who: string,
): Promise<Map<string, CommitRefusal>> {
	const reservations = await transaction.lockReservations(orderIds)
	const open = [...reservations.values()].filter(({ state }) => state === 'held' || state === 'expired')
	const skus = sortedSkus(open)
	const shelf = skus.length > 0 ? await transaction.lockShelf(skus) : new Map<string, ShelfItem>()

	const refusals = new Map<string, CommitRefusal>()
	const settlements: Settlement[] = []
	for (const orderId of orderIds) {
		const reservation = reservations.get(orderId)
		const refusal = whyNotCommitted(reservation, shelf)
		if (refusal !== undefined) {
			refusals.set(orderId, refusal)
		} else if (reservation !== undefined && reservation.state !== 'committed') {
			settlements.push({ reservation, to: 'committed' })
			sellFromShelf(shelf, reservation)
		}
	}
	if (settlements.length > 0) await transaction.settle(settlements, who)
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

// Later reservations of the batch see the stock that this sale leaves.
function sellFromShelf(shelf: Map<string, ShelfItem>, { lines, state }: Reservation): void {
	for (const { sku, quantity } of lines) {
		const item = shelf.get(sku) as ShelfItem
		item.onHand -= quantity
		if (state === 'held') item.held -= quantity
	}
}
