import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { ClaimedMessage, Settlement } from './outbox-message.ts'

// A message waits for the earlier messages of its order to the same destination.
const claimMessages: Statement = {
	name: 'claim-messages',
	text: `
		with due as (
			select id from outbox as message
			where destination = $1 and state = 'pending' and next_attempt_at <= statement_timestamp()
				and not exists (
					select 1 from outbox as earlier
					where earlier.order_id = message.order_id and earlier.destination = message.destination
						and earlier.version < message.version and earlier.state = 'pending'
				)
			order by next_attempt_at limit $2
			for update skip locked
		)
		update outbox
		set attempts = attempts + 1, next_attempt_at = clock_timestamp() + $3 * interval '1 ms'
		from due where outbox.id = due.id
		returning outbox.id, order_id as "orderId", version, type, data, created_at as "createdAt", attempts, (
			select history -> (outbox.version - 1)::int ->> 'traceparent' from orders where orders.id = outbox.order_id
		) as traceparent`,
}

const settleMessages: Statement = {
	name: 'settle-messages',
	text: `
		with settled as (
			select * from unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[]) as settled (id, outcome, delay_ms, error)
		), locked as (
			select id from outbox where id = any($1::bigint[]) order by id for update
		)
		update outbox
		set state = case outcome when 'retry' then state else outcome end,
			settled_at = case outcome when 'retry' then null else clock_timestamp() end,
			next_attempt_at = clock_timestamp() + delay_ms * interval '1 ms',
			last_error = coalesce(error, last_error)
		from settled join locked using (id)
		where outbox.id = settled.id and outbox.state = 'pending'`,
}

const acknowledgeCommits: Statement = {
	name: 'acknowledge-commits',
	text: `
		with locked as (select id from orders where id = any($1::uuid[]) and stock_committed_at is null order by id for update)
		update orders set stock_committed_at = clock_timestamp() from locked where orders.id = locked.id`,
}

export function createOutboxStore(database: Database) {
	return {
		/** Claims up to `limit` due messages of `destination` for `leaseMs`, the longest due first. */
		claim(destination: string, limit: number, leaseMs: number): Promise<ClaimedMessage[]> {
			return database.query<ClaimedMessage>(claimMessages, [destination, limit, leaseMs])
		},

		/** Records the outcomes of attempts. A message that is settled already stays as it is. */
		async settle(settlements: Settlement[]): Promise<void> {
			await database.query(settleMessages, [
				settlements.map(({ id }) => id),
				settlements.map(({ outcome }) => outcome),
				settlements.map((settlement) => (settlement.outcome === 'retry' ? settlement.delayMs : 0)),
				settlements.map((settlement) => (settlement.outcome === 'delivered' ? null : settlement.error)),
			])
		},

		/** Records that the catalog has sold the stock of these orders. */
		async acknowledgeCommits(orderIds: string[], budget?: Budget): Promise<void> {
			await database.within(budget).query(acknowledgeCommits, [orderIds])
		},

		/** Every destination that has pending messages: the catalog, and URLs that have some of an earlier version. */
		async pendingDestinations(): Promise<string[]> {
			const rows = await database.query<{ destination: string }>(
				"select distinct destination from outbox where state = 'pending'",
			)
			return rows.map(({ destination }) => destination)
		},

		/** Deletes the messages that were delivered more than `retentionMs` ago. */
		async prune(retentionMs: number): Promise<void> {
			await database.query(
				"delete from outbox where state = 'delivered' and settled_at < statement_timestamp() - $1 * interval '1 ms'",
				[retentionMs],
			)
		},
	}
}
