import type { ReleaseReservationsRequest__Output } from '@mercat/catalog-api/messages/ReleaseReservationsRequest'
import type { ReleaseReservationsResponse } from '@mercat/catalog-api/messages/ReleaseReservationsResponse'
import type { Budget } from '@mercat/service/budget'
import type { Identity } from '@mercat/service/tokens'
import { sortedOrderIds } from '../../errors/identifiers.ts'
import { type ReservationState, sortedSkus } from '../reservation.ts'
import { stateMessages } from '../reservation-message.ts'
import type { InReservationTransaction, ReservationTransaction } from '../reservation-transaction.ts'

export type ReleaseReservationsNeeds = { transaction: InReservationTransaction }

const mostAttempts = 5

/**
 * Ends reservations for good: held stock is free again, sold stock is returned. An unknown order is recorded as
 * released, so that a reservation for it that is still under way is refused.
 */
export function releaseReservations({ transaction }: ReleaseReservationsNeeds) {
	return async (
		message: ReleaseReservationsRequest__Output,
		budget: Budget,
		{ subject }: Pick<Identity, 'subject'>,
	): Promise<ReleaseReservationsResponse> => {
		const previous = new Map<string, ReservationState>()
		let open = sortedOrderIds(message.orderIds)
		for (let attempt = 1; open.length > 0; attempt++) {
			if (attempt > mostAttempts) throw new Error('releases lost every race against other transactions')
			const asked = open
			open = await transaction((steps) => releaseBatch(steps, asked, previous, subject), budget)
		}
		return {
			results: message.orderIds.map((orderId) => {
				const state = previous.get(orderId)
				return { orderId, previousState: state === undefined ? 'RESERVATION_STATE_UNSPECIFIED' : stateMessages[state] }
			}),
		}
	}
}

/** Returns the orders that another transaction recorded while this one was recording them. */
async function releaseBatch(
	transaction: ReservationTransaction,
	orderIds: string[],
	previous: Map<string, ReservationState>,
	who: string,
): Promise<string[]> {
	const reservations = await transaction.lockReservations(orderIds)
	const open = [...reservations.values()].filter(({ state }) => state !== 'released')
	const skus = sortedSkus(open.filter(({ state }) => state !== 'expired'))
	if (skus.length > 0) await transaction.lockShelf(skus)
	if (open.length > 0) {
		await transaction.settle(
			open.map((reservation) => ({ reservation, to: 'released' })),
			who,
		)
	}
	for (const { orderId, state } of open) previous.set(orderId, state)
	const unknown = orderIds.filter((orderId) => !reservations.has(orderId))
	return unknown.length > 0 ? transaction.insertReleased(unknown) : []
}
