import type { ReleaseReservationsRequest__Output } from '@mercat/catalog-api/messages/ReleaseReservationsRequest'
import type { ReleaseReservationsResponse } from '@mercat/catalog-api/messages/ReleaseReservationsResponse'
import type { ReservationState__Output } from '@mercat/catalog-api/messages/ReservationState'
import type { Budget } from '@mercat/service/budget'
import { CatalogError } from '../grpc/errors.ts'
import { validateOrderIds } from './order-ids.ts'
import type { ReservationState } from './reservation.ts'
import type { ReservationTransaction } from './reservation-store.ts'

export type ReleaseReservationsNeeds = {
	transaction<T>(work: (transaction: ReservationTransaction) => Promise<T>, budget?: Budget): Promise<T>
}

const stateMessages: Record<ReservationState, ReservationState__Output> = {
	held: 'RESERVATION_STATE_HELD',
	committed: 'RESERVATION_STATE_COMMITTED',
	released: 'RESERVATION_STATE_RELEASED',
	expired: 'RESERVATION_STATE_EXPIRED',
}

const mostAttempts = 5

/**
 * Ends reservations for good: what was held is free again, what was sold is returned. An order that is
 * not known is recorded as released, so that a reservation for it that is still under way comes too late.
 */
export function releaseReservations({ transaction }: ReleaseReservationsNeeds) {
	return async (message: ReleaseReservationsRequest__Output, budget: Budget): Promise<ReleaseReservationsResponse> => {
		const previous = new Map<string, ReservationState>()
		let open = validateOrderIds(message.orderIds)
		for (let attempt = 1; open.length > 0; attempt++) {
			if (attempt > mostAttempts) throw new CatalogError('INTERNAL', { cause: new Error('releases kept losing races') })
			const asked = open
			open = await transaction((connection) => releaseBatch(connection, asked, previous), budget)
		}
		return {
			results: message.orderIds.map((orderId) => {
				const state = previous.get(orderId)
				return { orderId, previousState: state === undefined ? 'RESERVATION_STATE_UNSPECIFIED' : stateMessages[state] }
			}),
		}
	}
}

/** Returns the orders that became known only while they were being recorded. */
async function releaseBatch(
	transaction: ReservationTransaction,
	orderIds: string[],
	previous: Map<string, ReservationState>,
): Promise<string[]> {
	const reservations = await transaction.lockReservations(orderIds)
	const open = [...reservations.values()].filter(({ state }) => state !== 'released')
	const skus = new Set(
		open.filter(({ state }) => state !== 'expired').flatMap(({ lines }) => lines.map(({ sku }) => sku)),
	)
	if (skus.size > 0) await transaction.lockShelf([...skus].sort())
	if (open.length > 0) await transaction.settle(open.map((reservation) => ({ reservation, to: 'released' })))
	for (const { orderId, state } of open) previous.set(orderId, state)
	const unknown = orderIds.filter((orderId) => !reservations.has(orderId))
	return unknown.length > 0 ? transaction.insertReleased(unknown) : []
}
