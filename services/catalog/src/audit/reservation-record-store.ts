import type { Database } from '@mercat/database/database'
import type { ReservationState, ReservedLine } from '../reservations/reservation.ts'

/** A reservation as its row is. An order that was never priced has neither prices nor an end. */
export type ReservationRecord = {
	state: ReservationState
	lines: ReservedLine[]
	expiresAt: Date | null
	createdAt: Date
	updatedAt: Date
}

export function createReservationRecordStore(database: Database) {
	return {
		/** The reservation of an order; undefined when there is none. */
		async findReservation(orderId: string): Promise<ReservationRecord | undefined> {
			const [row] = await database.query<ReservationRecord>(
				`select state, lines, expires_at as "expiresAt", created_at as "createdAt", updated_at as "updatedAt"
				from reservation where order_id = $1`,
				[orderId],
			)
			return row
		},
	}
}
