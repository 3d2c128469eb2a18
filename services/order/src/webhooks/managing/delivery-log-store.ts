import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { DeliveryPageQuery } from './manage-deliveries.ts'
import type { Delivery } from './webhook.ts'

// A delivery may have a hundred attempts with a kilobyte each.
const columns = `delivery.position, delivery.order_id as "orderId", delivery.version, type, state,
	next_attempt_at as "nextAttemptAt",
	jsonb_path_query_array(attempts, '$[last - 9 to last]') as attempts, jsonb_array_length(attempts) as "attemptCount"`

const listDeliveries: Statement = {
	name: 'list-deliveries',
	text: `
		select ${columns} from webhook_delivery as delivery
		where webhook_id = $1 and position < coalesce($2, 9223372036854775807) and ($3::text is null or state = $3)
		order by position desc limit $4`,
}

const listDeadDeliveries: Statement = {
	name: 'list-dead-deliveries',
	text: `
		select ${columns} from webhook_delivery as delivery
		where webhook_id = $1 and position < coalesce($2, 9223372036854775807) and state = 'dead'
		order by position desc limit $3`,
}

// Only the first pending delivery of an order has a next attempt.
const redeliver: Statement = {
	name: 'redeliver',
	text: `
		with asked as materialized (
			select delivery.order_id, delivery.version, exists (
				select from webhook_delivery as earlier
				where earlier.webhook_id = $1 and earlier.order_id = delivery.order_id
					and earlier.version < delivery.version and earlier.state = 'pending'
			) as waits
			from webhook join webhook_delivery as delivery on delivery.webhook_id = webhook.id
			where webhook.id = $1 and delivery.position = $2
			for update of webhook
		), held_back as (
			update webhook_delivery as later set next_attempt_at = null
			from asked
			where later.webhook_id = $1 and later.order_id = asked.order_id and later.version > asked.version
				and later.state = 'pending'
		)
		update webhook_delivery as delivery
		set state = 'pending', next_attempt_at = case when not waits then clock_timestamp() end, tries = 0,
			trying_since = clock_timestamp()
		from asked where delivery.webhook_id = $1 and delivery.position = $2
		returning ${columns}`,
}

export function createDeliveryLogStore(database: Database) {
	return {
		/** A page of deliveries, the newest event first. */
		listDeliveries({ webhookId, state, before, pageSize }: DeliveryPageQuery, budget?: Budget) {
			const query = database.within(budget).query<Delivery>
			return state === 'dead'
				? query(listDeadDeliveries, [webhookId, before ?? null, pageSize])
				: query(listDeliveries, [webhookId, before ?? null, state ?? null, pageSize])
		},

		/**
		 * Makes a delivery pending, for three days from now. It is due when no earlier one of its order is pending. Undefined when
		 * there is no such delivery.
		 */
		async redeliver(webhookId: string, position: number, budget?: Budget): Promise<Delivery | undefined> {
			const [row] = await database.within(budget).query<Delivery>(redeliver, [webhookId, position])
			return row
		},
	}
}
