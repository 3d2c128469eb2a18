import type { ReservationState, ReservedLine } from '../reservation.ts'

/** A reservation as its row is. An order that was never priced has neither prices nor an end. */
export type ReservationRecord = {
	orderId: string
	state: ReservationState
	lines: ReservedLine[]
	currency: string | null
	totalMinor: number | null
	expiresAt: Date | null
	createdAt: Date
	updatedAt: Date
}
