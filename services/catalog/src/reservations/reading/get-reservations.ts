import type { GetReservationsRequest__Output } from '@mercat/catalog-api/messages/GetReservationsRequest'
import type { GetReservationsResponse } from '@mercat/catalog-api/messages/GetReservationsResponse'
import type { OrderReservation } from '@mercat/catalog-api/messages/OrderReservation'
import { toTimestamp } from '@mercat/catalog-api/timestamps'
import type { Budget } from '@mercat/service/budget'
import { sortedOrderIds } from '../../errors/identifiers.ts'
import { stateMessages, toLineMessages, toMoney } from '../reservation-message.ts'
import type { ReservationRecord } from './reservation-record.ts'

export type GetReservationsNeeds = {
	/** The reservations of the orders that have one, by order id. */
	findReservations(orderIds: string[], budget: Budget): Promise<Map<string, ReservationRecord>>
}

/** The reservations of some orders, in the order asked for. An order without a reservation is left out. */
export function getReservations({ findReservations }: GetReservationsNeeds) {
	return async ({ orderIds }: GetReservationsRequest__Output, budget: Budget): Promise<GetReservationsResponse> => {
		const found = await findReservations(sortedOrderIds(orderIds), budget)
		return { reservations: orderIds.flatMap((orderId) => found.get(orderId) ?? []).map(toMessage) }
	}
}

function toMessage(record: ReservationRecord): OrderReservation {
	const { orderId, state, lines, currency, totalMinor, expiresAt, createdAt, updatedAt } = record
	return {
		orderId,
		state: stateMessages[state],
		lines: currency === null ? [] : toLineMessages(lines, currency),
		total: currency === null || totalMinor === null ? null : toMoney(currency, totalMinor),
		expireTime: expiresAt && toTimestamp(expiresAt),
		createTime: toTimestamp(createdAt),
		updateTime: toTimestamp(updatedAt),
	}
}
