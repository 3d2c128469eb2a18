import type { Database } from '@mercat/database/database'
import { budgetForEach } from '@mercat/service/budget'
import { retentionMs as messageRetentionMs, webhookLeaseMs } from '../outbox/outbox-times.ts'
import type { Breach } from './order-audit-store.ts'

/** A part of the log that was checked. `last` is its last position, or null when the log has no event there. */
export type CheckedPart = { last: number | null; breaches: Breach[] }

export type EventAuditStore = ReturnType<typeof createEventAuditStore>

// A statement may read all deliveries.
const patience = budgetForEach(600_000)
const mostBreaches = 10_000

// One statement reads the log, the cursors and the deliveries, because a cursor moves together with its deliveries. An
// earlier version of the service wrote messages to the URLs of the environment with the transition, and they are deleted
// some time after their delivery.
const checkLog = `
	with part as materialized (
		select position, order_id, version, status, 'mercat.order.' || status || '.v1' as type, logged_at from event
		where position > $1 order by position limit $2
	), due as (
		select webhook.id as webhook_id, origin, url, part.* from webhook join part
			on part.position > since_position and part.position <= least(webhook.position, until_position)
				and types && array['*', type]
	), breach as (
		select position, format('event %s', position) as subject, format('there is no order %s', order_id) as finding
		from part where not exists (select from orders where id = order_id)
		union all
		select position, format('event %s', position), format('the log ends at %s', last_position)
		from part join event_log on position > last_position
		union all
		select position, format('webhook %s', webhook_id), format('its cursor has passed event %s without a delivery', position)
		from due
		where not exists (
			select from webhook_delivery as delivery
			where delivery.webhook_id = due.webhook_id and delivery.position = due.position
		) and not (origin = 'environment' and (
			exists (
				select from outbox
				where outbox.order_id = due.order_id and outbox.version = due.version and destination = url
			) or logged_at < clock_timestamp() - $3 * interval '1 ms' and exists (
				select from orders where id = order_id and (history -> (due.version - 1)::int ->> 'messages')::int
					> case when due.status in ('paid', 'cancelled', 'expired') then 1 else 0 end
			)
		))
		union all
		select position, format('webhook %s', webhook_id), format('its delivery of event %s names another event', position)
		from due join webhook_delivery as delivery using (webhook_id, position)
		where (delivery.order_id, delivery.version, delivery.type) <> (due.order_id, due.version, due.type)
	)
	select (select max(position) from part) as last, coalesce(
		(select jsonb_agg(jsonb_build_object('subject', subject, 'finding', finding) order by position, subject) from breach), '[]'
	) as breaches`

const checkCursors = `
	select 'event_log' as subject, 'the log must have one row' as finding where (select count(*) from event_log) <> 1
	union all
	select format('webhook %s', id), format('its cursor is at %s and begins at %s, and the log ends at %s', position, since_position, last_position)
	from webhook cross join event_log
	where position not between 0 and last_position or since_position not between 0 and last_position`

// A delivery has no next attempt while it waits for an earlier delivery of its order. It also waits for the messages of an
// earlier version about its order. All wait while their webhook is paused. A process that has leased a webhook works through its deliveries, which takes long
// when many are due at once.
const checkDeliveries = `
	select format('webhook %s', webhook_id) as subject, finding
	from webhook_delivery as delivery join webhook on webhook.id = webhook_id cross join lateral (
		select case
			when delivery.state = 'dead' and not attempts @? '$[*].error'
				then format('its delivery of event %s is dead without an error', delivery.position)
			when delivery.state = 'pending' and next_attempt_at is null and not exists (
					select from webhook_delivery as earlier
					where earlier.webhook_id = delivery.webhook_id and earlier.order_id = delivery.order_id
						and earlier.version < delivery.version and earlier.state = 'pending'
				)
				then format('its delivery of event %s is pending without a next attempt', delivery.position)
			when delivery.state = 'pending' and webhook.state = 'active' and leased_until < clock_timestamp() and $1
				and next_attempt_at < clock_timestamp() - $2 * interval '1 ms' and not exists (
					select from outbox
					where origin = 'environment' and outbox.order_id = delivery.order_id and destination = url
						and outbox.version < delivery.version and outbox.state = 'pending'
				)
				then format('its delivery of event %s is overdue since %s', delivery.position, to_json(next_attempt_at) #>> '{}')
			end as finding
	) as check_of_state
	where delivery.state in ('pending', 'dead') and finding is not null
	order by webhook_id, delivery.position limit $3`

/** The facts of the log of events and of webhooks that are not those of one order. */
export function createEventAuditStore(database: Database) {
	const { query } = database.within(patience)
	return {
		/** Whether the database has the log of events. An earlier version of the service has made it without. */
		async hasLog(): Promise<boolean> {
			const [row] = await query<{ has: boolean }>("select to_regclass('webhook_delivery') is not null as has")
			return row?.has ?? false
		},

		/** Checks up to `limit` events after a position: each is of an order, and each webhook that has passed it has it. */
		async checkLog(position: number, limit: number): Promise<CheckedPart> {
			const [part] = await query<CheckedPart>(checkLog, [position, limit, messageRetentionMs])
			return part ?? { last: null, breaches: [] }
		},

		/** Checks where webhooks are in the log. */
		checkCursors: () => query<Breach>(checkCursors),

		/** Checks pending and dead deliveries. A delivery can be overdue only while order services run. */
		checkDeliveries: (servicesRun: boolean) =>
			query<Breach>(checkDeliveries, [servicesRun, webhookLeaseMs, mostBreaches]),
	}
}
