import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import { downAfterFailures } from '../receiver-down.ts'
import type { Settlement, WebhookRow } from './leased-webhook.ts'

// One statement for a batch. It writes nothing unless the process still has the lease. A delivery that is there already
// gets one more attempt; one that was not tried stays as it is. Of the pending deliveries of an order only the first one has
// a next attempt. `others` are those that are not in the batch. When a receiver was down and has taken an event, all its
// pending deliveries that do not wait are due at once.
const settleDeliveries: Statement = {
	name: 'settle-deliveries',
	text: `
		with held as materialized (
			select id, failures_in_row from webhook where id = $1 and lease_id = $2 for update
		), made as materialized (
			select clock_timestamp() as now, made.* from held, unnest(
				$3::bigint[], $4::uuid[], $5::bigint[], $6::text[], $7::text[], $8::jsonb[], $9::bigint[]
			) as made (position, order_id, version, type, state, attempts, delay_ms)
		), others as materialized (
			select position, order_id, version, next_attempt_at from webhook_delivery
			where webhook_id = $1 and order_id = any($4::uuid[]) and webhook_delivery.state = 'pending'
				and position <> all($3::bigint[])
		), first as materialized (
			select order_id, min(version) as version from (
				select order_id, version from made where state = 'pending'
				union all
				select order_id, version from others
			) as pending
			group by order_id
		), written as (
			insert into webhook_delivery as delivery
				(webhook_id, position, order_id, version, type, state, attempts, tries, trying_since, next_attempt_at)
			select $1, position, order_id, made.version, type, state, attempts, jsonb_array_length(attempts), now,
				case when state = 'pending' and made.version = first.version then now + delay_ms * interval '1 ms' end
			from made left join first using (order_id) order by position
			on conflict (webhook_id, position) do update
			set state = excluded.state, attempts = delivery.attempts || excluded.attempts,
				tries = excluded.tries + case delivery.state when 'pending' then delivery.tries else 0 end,
				trying_since = case
					when delivery.state = 'pending' and delivery.tries > 0 then delivery.trying_since
					else excluded.trying_since
				end,
				next_attempt_at = case
					when delivery.state = 'pending' and excluded.tries = 0 and excluded.next_attempt_at is not null
						then coalesce(delivery.next_attempt_at, excluded.next_attempt_at)
					else excluded.next_attempt_at
				end
			returning state
		), arranged as (
			update webhook_delivery as delivery
			set next_attempt_at = case when others.version = first.version then clock_timestamp() end
			from held, others join first using (order_id)
			where webhook_id = $1 and delivery.position = others.position
				and (others.version = first.version) <> (others.next_attempt_at is not null)
		), revived as (
			update webhook_delivery set next_attempt_at = clock_timestamp()
			from held
			where $12 and held.failures_in_row >= ${downAfterFailures} and webhook_id = $1 and state = 'pending'
				and next_attempt_at > statement_timestamp() and order_id <> all($4::uuid[])
		)
		update webhook
		set position = case when webhook.position = $10 and types @> $17::text[] and types <@ $17 then $11 else webhook.position end,
			failures_in_row = $13 + case when $12 then 0 else webhook.failures_in_row end,
			hold_until = greatest(hold_until, case when $18::bigint > 0 then clock_timestamp() + $18 * interval '1 ms' end),
			state = case when webhook.url = $14 then 'paused' else webhook.state end,
			lease_id = case when $15 then webhook.lease_id end,
			leased_until = case when $15 then clock_timestamp() + $16 * interval '1 ms' else '-infinity' end
		from held where webhook.id = held.id
		returning webhook.id, origin, url, types, state, secrets, webhook.position, until_position as "untilPosition",
			webhook.failures_in_row as "failuresInRow", hold_until > clock_timestamp() as "isHeld",
			exists (select from written where written.state = 'pending') or exists (
				select from webhook_delivery as other
				where other.webhook_id = $1 and other.state = 'pending' and other.position <> all($3::bigint[])
			) as "hasPending"`,
}

export type Lease = { webhookId: string; leaseId: string; leaseMs: number }

export function createSettleStore(database: Database) {
	return {
		/**
		 * Records the outcome of a batch, and extends or ends the lease. Undefined when another process has the lease, or when
		 * the webhook is deleted: then nothing is recorded.
		 */
		async settle(lease: Lease, settlement: Settlement): Promise<WebhookRow | undefined> {
			const { records, read, hasDelivered, failures, holdMs, goneUrl, keepsLease } = settlement
			const [row] = await database.query<WebhookRow>(settleDeliveries, [
				lease.webhookId,
				lease.leaseId,
				records.map(({ event }) => event.position),
				records.map(({ event }) => event.orderId),
				records.map(({ event }) => event.version),
				records.map(({ event }) => event.type),
				records.map(({ state }) => state),
				records.map(({ attempt }) => JSON.stringify(attempt === undefined ? [] : [attempt])),
				records.map(({ delayMs }) => delayMs),
				read?.from ?? null,
				read?.to ?? null,
				hasDelivered,
				failures,
				goneUrl,
				keepsLease,
				lease.leaseMs,
				read?.types ?? null,
				holdMs,
			])
			return row
		},
	}
}
