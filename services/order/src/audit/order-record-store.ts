import type { Database } from '@mercat/database/database'
import { eventTypeOf } from '@mercat/order-api/event-types'
import type { OrderStatus } from '@mercat/order-api/order-status'
import type { Budget } from '@mercat/service/budget'
import type { Order } from '../order/order.ts'
import { type OrderRow, toOrder } from '../order/order-row.ts'
import { messageState } from '../outbox/outbox-admin-store.ts'
import type { MessageState } from '../outbox/outbox-message.ts'
import type { Attempt } from '../webhooks/attempt.ts'

/** A message of the order in the outbox. */
export type RecordedMessage = {
	id: number
	version: number
	destination: string
	type: string
	state: MessageState
	attempts: number
	nextAttemptAt: string
	settledAt: string | null
	lastError: string | null
}

/** An event of the order. Without a position it waits for the writer of the log. */
export type RecordedEvent = { position: number | null; version: number; type: string }

/** What became of an event of the order at a webhook. */
export type RecordedDelivery = {
	webhookId: string
	position: number
	version: number
	state: 'pending' | 'delivered' | 'dead'
	attempts: Attempt[]
	nextAttemptAt: string | null
}

/** All that the order database has about an order. */
export type OrderRecord = {
	order: Order
	messages: RecordedMessage[]
	events: RecordedEvent[]
	deliveries: RecordedDelivery[]
}

type RecordRow = OrderRow & {
	messages: RecordedMessage[]
	events: { position: number | null; version: number; status: OrderStatus }[]
	deliveries: RecordedDelivery[]
}

// One statement, so that all parts are of one moment.
const findRecord = `
	select *, array(
		select jsonb_build_object('id', id, 'version', version, 'destination', destination, 'type', type, 'state', ${messageState},
			'attempts', attempts, 'nextAttemptAt', next_attempt_at, 'settledAt', settled_at, 'lastError', last_error)
		from outbox where order_id = orders.id order by id
	) as messages, array(
		select jsonb_build_object('position', position, 'version', version, 'status', status) from (
			select position, version, status from event where order_id = orders.id
			union all
			select null, version, status from event_inbox where orders.id = any(order_ids)
		) as transitions
		order by version
	) as events, array(
		select jsonb_build_object('webhookId', webhook_id, 'position', position, 'version', version, 'state', state,
			'attempts', attempts, 'nextAttemptAt', next_attempt_at)
		from webhook_delivery where order_id = orders.id order by position, webhook_id
	) as deliveries
	from orders where id = $1`

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
