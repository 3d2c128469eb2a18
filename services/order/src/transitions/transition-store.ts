import type { Database } from '@mercat/database/database'
import type { Queryable, Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { Order } from '../order/order.ts'
import { transitionMessages } from '../order/order-messages.ts'
import { type OrderRow, toOrder } from '../order/order-row.ts'
import { transitions } from '../order/order-states.ts'
import { countTransitions } from '../order/transition-count.ts'
import type { TransitionWrite } from './transition-order.ts'

// The update itself checks that the order is still as it was read, that a payment comes within the payment window, and
// that a shipment comes after the sale of the stock. The clock is read under the locks. Commands are written only for the
// orders that changed, and a trigger writes the events of these.
const writeTransitions: Statement = {
	name: 'write-transitions',
	text: `
		with asked as (
			select * from unnest($1::uuid[], $2::text[], $3::bigint[], $4::text[], $5::jsonb[], $6::boolean[], $7::boolean[])
				as asked (id, from_status, version, to_status, entry, before_expiry, after_commit)
		), locked as (
			select id from orders where id = any($1::uuid[]) order by id for update
		), clock as materialized (
			select clock_timestamp()::timestamptz(3) as now from (select count(*) from locked) as taken
		), changed as (
			update orders
			set status = asked.to_status, version = orders.version + 1, updated_at = now,
				history = history || (asked.entry || jsonb_build_object('when', now))
			from clock, asked join locked using (id)
			where orders.id = asked.id and orders.status = asked.from_status and orders.version = asked.version
				and (not asked.before_expiry or now < expires_at)
				and (not asked.after_commit or stock_committed_at is not null)
			returning orders.*
		), owed as (
			insert into outbox (order_id, version, destination, type)
			select changed.id, changed.version, destination, type
			from unnest($8::uuid[], $9::text[], $10::text[]) as message (order_id, destination, type)
				join changed on changed.id = message.order_id
			order by changed.id, destination
		)
		select * from changed`,
}

const lockOverdueOrders: Statement = {
	name: 'lock-overdue-orders',
	text: `
		select * from orders where status = 'placed' and expires_at <= statement_timestamp()
		order by expires_at limit $1
		for update skip locked`,
}

export function createTransitionStore(database: Database) {
	async function write(connection: Queryable, writes: TransitionWrite[]): Promise<Order[]> {
		const messages = writes.flatMap(({ order, action }) =>
			transitionMessages(action).map((message) => ({ orderId: order.id, ...message })),
		)
		const rows = await connection.query<OrderRow>(writeTransitions, [
			writes.map(({ order }) => order.id),
			writes.map(({ order }) => order.status),
			writes.map(({ order }) => order.version),
			writes.map(({ action }) => transitions[action].to),
			writes.map(({ order, action, who, why, reference, traceparent }) =>
				JSON.stringify({
					from: order.status,
					to: transitions[action].to,
					who,
					why,
					reference,
					traceparent,
					messages: transitionMessages(action).length,
				}),
			),
			writes.map(({ action }) => transitions[action].beforeExpiry ?? false),
			writes.map(({ action }) => transitions[action].afterCommit ?? false),
			messages.map(({ orderId }) => orderId),
			messages.map(({ destination }) => destination),
			messages.map(({ type }) => type),
		])
		return rows.map(toOrder)
	}

	return {
		/** The order after the transition; undefined when the order had changed or its payment window was over. */
		async writeTransition(transition: TransitionWrite, budget?: Budget): Promise<Order | undefined> {
			const [order] = await write(database.within(budget), [transition])
			if (order !== undefined) countTransitions(order.status, 1)
			return order
		},

		/** Expires up to `limit` orders that were not paid in time. Any number of replicas may do this at once. */
		async expireOverdue(limit: number): Promise<Order[]> {
			const expired = await database.transaction(async (transaction) => {
				const overdue = (await transaction.query<OrderRow>(lockOverdueOrders, [limit])).map(toOrder)
				if (overdue.length === 0) return []
				return write(
					transaction,
					overdue.map((order) => ({ order, action: 'expire', who: 'system:expiry', why: 'not paid in time' })),
				)
			})
			countTransitions('expired', expired.length)
			return expired
		},
	}
}
