import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import { eventTypeOf } from '@mercat/order-api/event-types'
import type { OrderStatus } from '@mercat/order-api/order-status'
import type { Budget } from '@mercat/service/budget'
import { type OrderRow, toOrder } from '../order/order-row.ts'
import { messageState } from '../outbox/outbox-admin-store.ts'
import type { OrderRecord, RecordedEvent } from './order-record.ts'

type RecordRow = OrderRow &
	Pick<OrderRecord, 'messages' | 'deliveries'> & {
		events: (Omit<RecordedEvent, 'type'> & { status: OrderStatus })[]
	}

// One statement, so that all parts are of one moment. A delivery has no index by its order, so each webhook is asked for each
// position. A webhook that has not reached a position yet is still to get the event, if it gets events of this type. A delivery
// may have a hundred attempts with a kilobyte each.
const findRecord: Statement = {
	name: 'find-record-of-order',
	text: `
		select *, array(
			select jsonb_build_object('id', id, 'version', version, 'destination', destination, 'type', type,
				'state', ${messageState}, 'attempts', attempts, 'createdAt', created_at, 'nextAttemptAt', next_attempt_at,
				'settledAt', settled_at, 'lastError', last_error)
			from outbox where order_id = orders.id order by id
		) as messages, array(
			select jsonb_build_object('position', position, 'version', version, 'status', status, 'loggedAt', logged_at) from (
				select position, version, status, logged_at from event where order_id = orders.id
				union all
				select null, version, status, null from event_inbox where orders.id = any(order_ids)
			) as transitions
			order by version
		) as events, array(
			select jsonb_build_object('webhookId', webhook.id, 'url', url, 'webhookState', webhook.state,
				'position', event.position, 'version', event.version, 'state', coalesce(delivery.state, 'pending'),
				'attempts', coalesce(jsonb_path_query_array(attempts, '$[last - 9 to last]'), '[]'),
				'attemptCount', coalesce(jsonb_array_length(attempts), 0), 'nextAttemptAt', next_attempt_at)
			from event cross join webhook left join lateral (
				select state, attempts, next_attempt_at from webhook_delivery
				where webhook_id = webhook.id and webhook_delivery.position = event.position limit 1
			) as delivery on true
			where event.order_id = orders.id and (
				delivery.state is not null or event.position > webhook.position
					and event.position <= coalesce(until_position, event.position)
					and types && array['*', 'mercat.order.' || event.status || '.v1']
			)
			order by event.position, webhook.created_at, webhook.id
		) as deliveries
		from orders where id = $1`,
}

export function createOrderRecordStore(database: Database) {
	return {
		/** All that the database has about an order; undefined when there is no such order. */
		async findRecord(id: string, budget?: Budget): Promise<OrderRecord | undefined> {
			const [row] = await database.within(budget).query<RecordRow>(findRecord, [id])
			if (row === undefined) return undefined
			const events = row.events.map(({ status, ...event }) => ({ ...event, type: eventTypeOf(status) }))
			return { order: toOrder(row), messages: row.messages, events, deliveries: row.deliveries }
		},
	}
}
