import type { Money } from '@mercat/catalog-api/messages/Money'
import type { Reservation as ReservationMessage } from '@mercat/catalog-api/messages/Reservation'
import type { ReservationState__Output } from '@mercat/catalog-api/messages/ReservationState'
import type { ReservedLine as ReservedLineMessage } from '@mercat/catalog-api/messages/ReservedLine'
import { toTimestamp } from '@mercat/catalog-api/timestamps'
import type { Reservation, ReservationState, ReservedLine } from './reservation.ts'

export const stateMessages: Record<ReservationState, ReservationState__Output> = {
	held: 'RESERVATION_STATE_HELD',
	committed: 'RESERVATION_STATE_COMMITTED',
	released: 'RESERVATION_STATE_RELEASED',
	expired: 'RESERVATION_STATE_EXPIRED',
}

export function toReservationMessage(reservation: Reservation): ReservationMessage {
	const { state, lines, currency, totalMinor, expiresAt } = reservation
	return {
		state: stateMessages[state],
		lines: toLineMessages(lines, currency),
		total: toMoney(currency, totalMinor),
		expireTime: toTimestamp(expiresAt),
	}
}

/** The lines of a reservation, whose prices are in its one currency. */
export function toLineMessages(lines: readonly ReservedLine[], currency: string): ReservedLineMessage[] {
	return lines.map(({ sku, title, quantity, amountMinor }) => ({
		sku,
		title,
		quantity,
		unitPrice: toMoney(currency, amountMinor),
	}))
}

export function toMoney(currencyCode: string, amountMinor: number): Money {
	return { currencyCode, amountMinor }
}
