import type { Database } from '@mercat/database/database'
import type { OrderStatus } from '@mercat/order-api/order-status'
import { budgetForEach } from '@mercat/service/budget'
import type { HistoryEntry, OrderItem } from '../order/order.ts'

/** A breach of an invariant: the subject that breaks it, and the finding. */
export type Breach = { subject: string; finding: string }

/** A message of an order in the outbox. */
export type MessageFacts = {
	version: number
	destination: string
	type: string
	state: 'pending' | 'delivered' | 'dead'
	overdueS: number
	hasError: boolean
}

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
}

export type OrderAuditStore = ReturnType<typeof createOrderAuditStore>

/** A table that only a migrated order database has. */
export const orderTable = 'outbox'

// A statement may read a whole table, which takes long.
const patience = budgetForEach(600_000)
const applicationName = 'mercat-order'

const facts = `
	select id, customer_id as "customerId", idempotency_key as "idempotencyKey", status, version, items, currency,
		total_minor as "totalMinor", history, clock_timestamp() >= expires_at as overdue,
		coalesce((
			select jsonb_agg(jsonb_build_object('version', version, 'destination', destination, 'type', type, 'state', state,
				'overdueS', extract(epoch from clock_timestamp() - next_attempt_at)::int, 'hasError', last_error is not null) order by id)
			from outbox where order_id = orders.id
		), '[]') as messages,
		(
			select jsonb_agg(extract(epoch from clock_timestamp() - (entry ->> 'when')::timestamptz)::int order by position)
			from jsonb_array_elements(history) with ordinality as entries (entry, position)
		) as "transitionAgesS"
	from orders`

export function createOrderAuditStore(database: Database) {
	return {
		/** A page of orders after `id`, in the order of their ids. Null starts at the first. */
		ordersAfter(id: string | null, limit: number): Promise<OrderFacts[]> {
			return database
				.within(patience)
				.query<OrderFacts>(`${facts} where $1::uuid is null or id > $1 order by id limit $2`, [id, limit])
		},

		orders(ids: string[]): Promise<OrderFacts[]> {
			return database.query<OrderFacts>(`${facts} where id = any($1::uuid[])`, [ids])
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
		async isLive(): Promise<boolean> {
			const [row] = await database.query<{ live: boolean }>(
				`select exists (
					select from pg_stat_activity where datname = current_database() and application_name = $1
				) as live`,
				[applicationName],
			)
			return row?.live ?? false
		},
	}
}
