import type { Database } from '@mercat/database/database'
import { isConnected } from '@mercat/database/server-facts'
import type { OrderStatus } from '@mercat/order-api/order-status'
import { budgetForEach } from '@mercat/service/budget'
import type { HistoryEntry, OrderItem } from '../order/order.ts'
import { messageState } from '../outbox/outbox-admin-store.ts'
import type { MessageState } from '../outbox/outbox-message.ts'

/** A breach of an invariant: the subject that breaks it, and the finding. */
export type Breach = { subject: string; finding: string }

/** A message of an order in the outbox. */
export type MessageFacts = {
	version: number
	destination: string
	type: string
	state: MessageState
	overdueS: number
	hasError: boolean
}

/** An event of an order, in the log or, without a position, in the inbox. */
export type EventFacts = { version: number; status: OrderStatus; position: number | null }

export type OrderFacts = {
	id: string
	customerId: string
	idempotencyKey: string
	status: OrderStatus
	version: number
	items: OrderItem[]
	currency: string
	totalMinor: number
	history: HistoryEntry[]
	/** Whether the payment window is over. */
	overdue: boolean
	messages: MessageFacts[]
	/** The age of each transition, oldest first. */
	transitionAgesS: number[]
	/** Whether each transition must have an event, oldest first. */
	eventsDue: boolean[]
	/** In the order of their versions. */
	events: EventFacts[]
}

export type OrderAuditStore = ReturnType<typeof createOrderAuditStore>

/** A table that only a migrated order database has. */
export const orderTable = 'outbox'

// A statement may read a whole table, which takes long.
const patience = budgetForEach(600_000)

// A transition of the very millisecond in which the log began may have come before it.
const factsOf = (rows: string) => `
	with asked as materialized (
		select * from orders ${rows}
	), waiting as materialized (
		select order_id, version, status from event_inbox cross join unnest(order_ids) as order_id
	), event_of_order as (
		select order_id, version, status, position from event where order_id in (select id from asked)
		union all
		select order_id, version, status, null from waiting where order_id in (select id from asked)
	), events_of_order as (
		select order_id, jsonb_agg(
			jsonb_build_object('version', version, 'status', status, 'position', position) order by version, position
		) as events
		from event_of_order group by order_id
	)
	select id, customer_id as "customerId", idempotency_key as "idempotencyKey", status, version, items, currency,
		total_minor as "totalMinor", history, clock_timestamp() >= expires_at as overdue,
		coalesce((
			select jsonb_agg(jsonb_build_object('version', version, 'destination', destination, 'type', type, 'state', ${messageState},
				'overdueS', extract(epoch from clock_timestamp() - next_attempt_at)::int, 'hasError', last_error is not null) order by id)
			from outbox where order_id = asked.id
		), '[]') as messages,
		"transitionAgesS", "eventsDue", coalesce(events, '[]') as events
	from asked left join events_of_order on order_id = id cross join lateral (
		select jsonb_agg(extract(epoch from clock_timestamp() - happened_at)::int order by place) as "transitionAgesS",
			jsonb_agg(exists (
				select from event_log where happened_at > began_at and happened_at >= coalesce(pruned_before, '-infinity')
			) order by place) as "eventsDue"
		from jsonb_array_elements(history) with ordinality as entries (entry, place),
			cast(entry ->> 'when' as timestamptz) as happened_at
	) as transitions
	order by id`

export function createOrderAuditStore(database: Database) {
	return {
		/** A page of orders after `id`, in the order of their ids. Null starts at the first. */
		ordersAfter(id: string | null, limit: number): Promise<OrderFacts[]> {
			return database
				.within(patience)
				.query<OrderFacts>(factsOf('where $1::uuid is null or id > $1 order by id limit $2'), [id, limit])
		},

		orders(ids: string[]): Promise<OrderFacts[]> {
			return database.within(patience).query<OrderFacts>(factsOf('where id = any($1::uuid[])'), [ids])
		},

		/** A breach for each customer that has two orders under one key. */
		async sharedKeys(): Promise<Breach[]> {
			const rows = await database.within(patience).query<{ customer: string; orders: number }>(
				`select customer_id as customer, count(*) as orders from orders
						group by customer_id, idempotency_key having count(*) > 1`,
			)
			return rows.map(({ customer, orders }) => ({ subject: customer, finding: `has ${orders} orders under one key` }))
		},

		/** Whether an order service is connected to this database now. */
		isLive: () => isConnected(database, 'mercat-order'),
	}
}
