import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import { firstPosition } from '../../events/event-log-store.ts'
import { downAfterFailures, triesBeforeProbe } from '../receiver-down.ts'
import type { DueRetry, LeasedWebhook, OldMessage } from './leased-webhook.ts'

// A pending delivery waits for the messages of an earlier version about its order. While it waits for an earlier delivery of
// its order, it has no next attempt.
const isDue = `
	delivery.next_attempt_at <= statement_timestamp() and not exists (
		select from outbox
		where webhook.origin = 'environment' and outbox.order_id = delivery.order_id
			and outbox.destination = webhook.url and outbox.version < delivery.version and outbox.state = 'pending'
	)`

const hasDue = `
	exists (
		select from webhook_delivery as delivery
		where delivery.webhook_id = webhook.id and delivery.state = 'pending' and ${isDue}
	)`

// While a receiver is down, the log keeps its events. A new event is tried now and then, because the pending ones may be
// of a kind that the receiver always refuses.
const mayProbe = `
	not exists (
		select from webhook_delivery as delivery
		where delivery.webhook_id = webhook.id and delivery.state = 'pending' and delivery.next_attempt_at is not null
			and delivery.tries < ${triesBeforeProbe}
	)`

// One statement looks at every webhook, so that a webhook without work costs nothing. A webhook whose lease another process
// has ended since the snapshot is left out, because the snapshot lacks what that process has recorded. The log ends where
// this process has seen it end. A process serves the URLs of the environment that it is configured with, and those that
// end.
const claimWebhooks: Statement = {
	name: 'claim-webhooks',
	text: `
		with work as materialized (
			select id from webhook
				join (select id as seen_id, leased_until as seen_until from webhook) as seen
					on seen_id = id and seen_until = leased_until
			where state = 'active' and leased_until <= statement_timestamp() and id <> all($3::uuid[])
				and (origin = 'api' or ($5 and (url = any($6::text[]) or until_position is not null)))
				and (
					position < least($4::bigint, until_position) and hold_until <= statement_timestamp()
						and (failures_in_row < ${downAfterFailures} or ${mayProbe})
					or ${hasDue}
				)
			for update of webhook skip locked
		), leased as (
			update webhook set lease_id = $1, leased_until = clock_timestamp() + $2 * interval '1 ms'
			from work where webhook.id = work.id
			returning webhook.*
		)
		select id, origin, url, types, state, secrets, position, until_position as "untilPosition",
			failures_in_row as "failuresInRow", hold_until > statement_timestamp() as "isHeld",
			exists (
				select from webhook_delivery where webhook_id = webhook.id and webhook_delivery.state = 'pending'
			) as "hasPending",
			${mayProbe} as "mayProbe",
			origin = 'environment' and exists (
				select from outbox where destination = url and outbox.state = 'pending'
			) as "hasOldMessages",
			(
				select first - 1 from event_log, lateral (
					select ${firstPosition} as first
				) as kept
				where pruned_before is not null and webhook.position < first - 1
			) as "expiredTo"
		from leased as webhook`,
}

const findDueRetries: Statement = {
	name: 'find-due-retries',
	text: `
		select delivery.position, tries,
			(extract(epoch from statement_timestamp() - trying_since) * 1000)::float8 as "triedForMs"
		from webhook_delivery as delivery join webhook on webhook.id = delivery.webhook_id
		where delivery.webhook_id = $1 and delivery.state = 'pending' and ${isDue}
		order by next_attempt_at limit $2`,
}

const findPendingOrders: Statement = {
	name: 'find-pending-orders',
	text: `
		select distinct order_id as id from webhook_delivery
		where webhook_id = $1 and order_id = any($2::uuid[]) and state = 'pending'`,
}

const findOldMessages: Statement = {
	name: 'find-old-messages',
	text: `
		select order_id as "orderId", version, state = 'pending' as "isPending" from outbox
		where order_id = any($2::uuid[]) and destination = $1`,
}

export type ClaimOptions = {
	/** The process, as it names itself in leases. */
	leaseId: string
	leaseMs: number
	/** The webhooks that the process works on already. */
	except: string[]
	/** The end of the log as this process knows it. */
	last: number
}

export type DeliveryStoreOptions = {
	/** The URLs of the environment. */
	webhooks: readonly string[]
	/** Signs what is sent to these URLs. Without it they are not served. */
	webhookSecret?: string
}

export function createDeliveryStore(database: Database, { webhooks, webhookSecret }: DeliveryStoreOptions) {
	const servesEnvironment = webhookSecret !== undefined
	return {
		/** Leases every webhook that has work and that no process works on. */
		claim({ leaseId, leaseMs, except, last }: ClaimOptions): Promise<LeasedWebhook[]> {
			const values = [leaseId, leaseMs, except, last, servesEnvironment, webhooks]
			return database.query<LeasedWebhook>(claimWebhooks, values)
		},

		/** Up to `limit` deliveries that are due, the longest due first. */
		dueRetries(webhookId: string, limit: number): Promise<DueRetry[]> {
			return database.query<DueRetry>(findDueRetries, [webhookId, limit])
		},

		/** The orders among the given ones that have a pending delivery. */
		async pendingOrders(webhookId: string, orderIds: string[]): Promise<Set<string>> {
			const rows = await database.query<{ id: string }>(findPendingOrders, [webhookId, orderIds])
			return new Set(rows.map(({ id }) => id))
		},

		/** The messages about these orders that an earlier version wrote for a URL. */
		oldMessages(url: string, orderIds: string[]): Promise<OldMessage[]> {
			return database.query<OldMessage>(findOldMessages, [url, orderIds])
		},
	}
}
