import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { ReservationRecord } from './reservation-record.ts'

export type ReservationRecordStore = ReturnType<typeof createReservationRecordStore>

const findReservations: Statement = {
	name: 'find-reservations',
	text: `
		select order_id as "orderId", state, lines, currency, total_minor as "totalMinor",
			expires_at as "expiresAt", created_at as "createdAt", updated_at as "updatedAt"
		from reservation where order_id = any($1::uuid[])`,
}

export function createReservationRecordStore(database: Database) {
	const store = {
		/** The reservations of the orders that have one, by order id. */
		async findReservations(orderIds: readonly string[], budget?: Budget): Promise<Map<string, ReservationRecord>> {
			const rows = await database.within(budget).query<ReservationRecord>(findReservations, [orderIds])
			return new Map(rows.map((row) => [row.orderId, row]))
		},

		/** The reservation of an order; undefined when there is none. */
		async findReservation(orderId: string): Promise<ReservationRecord | undefined> {
			return (await store.findReservations([orderId])).get(orderId)
		},
	}
	return store
}
