import type { Database } from '@mercat/database/database'

export type OpenMessage = {
	id: number
	state: 'pending' | 'dead'
	type: string
	destination: string
	orderId: string
	version: number
	attempts: number
	nextAttemptAt: Date
	lastError: string | null
}

export function createOutboxAdminStore(database: Database) {
	return {
		/** Every message that is not delivered, the oldest first. */
		listOpen(): Promise<OpenMessage[]> {
			return database.query<OpenMessage>(`
				select id, state, type, destination, order_id as "orderId", version, attempts,
					next_attempt_at as "nextAttemptAt", last_error as "lastError"
				from outbox where state <> 'delivered' order by id`)
		},

		/**
		 * Makes dead messages pending again, with no attempt counted. An empty list means all dead messages. Returns how
		 * many.
		 */
		async redrive(ids: number[]): Promise<number> {
			const rows = await database.query(
				`update outbox set state = 'pending', attempts = 0, next_attempt_at = clock_timestamp(), settled_at = null
				where state = 'dead' and (cardinality($1::bigint[]) = 0 or id = any($1::bigint[]))
				returning id`,
				[ids],
			)
			return rows.length
		},
	}
}
