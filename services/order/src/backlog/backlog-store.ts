import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import { catalogDestination } from '../order/order-messages.ts'
import type { Backlog } from './backlog.ts'

// A count ends here, so that a scrape stays cheap when very much waits.
const mostCounted = 100_001

const count = (rows: string): string => `(select count(*) from (select from ${rows} limit ${mostCounted}) as counted)`

// Events of types that a webhook does not receive count until it has passed them. The messages that an earlier version wrote
// for the URL of a webhook count, too.
//
// The oldest row comes from the order of an index. Its look-up must not depend on the number of rows, so it is no `min`.
const findBacklog: Statement = {
	name: 'find-backlog',
	text: `
		with destinations as (
			select $1::text as destination,
				${count("outbox where destination = $1 and state = 'pending'")} as pending,
				(
					select created_at from outbox where destination = $1 and state = 'pending' order by created_at limit 1
				) as since
			union all
			select webhook.id::text, waiting.count + greatest(0, behind.until - webhook.position) + old.count, least(old.since, (
				select logged_at from event where event.position >= oldest.position order by event.position limit 1
			))
			from event_log cross join webhook
				cross join lateral (select least(last_position, until_position) as until) as behind
				cross join lateral (
					select count(*) as count, min(position) as first from (
						select position from webhook_delivery as delivery
						where delivery.webhook_id = webhook.id and delivery.state = 'pending' limit ${mostCounted}
					) as counted
				) as waiting
				cross join lateral (
					select least(waiting.first, case when webhook.position < behind.until then webhook.position + 1 end) as position
				) as oldest
				cross join lateral (
					select count(*) as count, min(created_at) as since from (
						select created_at from outbox
						where webhook.origin = 'environment' and outbox.destination = webhook.url and outbox.state = 'pending'
						order by created_at limit ${mostCounted}
					) as counted
				) as old
			where webhook.state = 'active'
		)
		select jsonb_agg(jsonb_build_object(
				'destination', destination,
				'pending', pending,
				'oldestS', greatest(0, coalesce(extract(epoch from clock_timestamp() - since), 0))
			)) as destinations,
			(
				select coalesce(sum(cardinality(order_ids)), 0)
				from (select order_ids from event_inbox limit ${mostCounted}) as counted
			) as "unloggedEvents",
			greatest(0, coalesce((
				select extract(epoch from clock_timestamp() - happened_at) from event_inbox order by id limit 1
			), 0))::float8 as "oldestUnloggedS",
			${count("outbox where state = 'dead'")} + ${count("webhook_delivery where state = 'dead'")} as dead,
			${count("orders where status = 'placed' and expires_at <= statement_timestamp()")} as "overdueOrders"
		from destinations`,
}

export function createBacklogStore(database: Database) {
	return {
		async findBacklog(budget?: Budget): Promise<Backlog> {
			const [row] = await database.within(budget).query<Backlog>(findBacklog, [catalogDestination])
			if (row === undefined) throw new Error('the backlog has no row')
			return row
		},
	}
}
