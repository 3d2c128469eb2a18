import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { DeliveryPageQuery } from './manage-deliveries.ts'
import type { Delivery } from './webhook.ts'

// A delivery may have a hundred attempts with a kilobyte each.
const columns = `position, order_id as "orderId", version, type, state, next_attempt_at as "nextAttemptAt",
	jsonb_path_query_array(attempts, '$[last - 9 to last]') as attempts, jsonb_array_length(attempts) as "attemptCount"`

const listDeliveries: Statement = {
	name: 'list-deliveries',
	text: `
		select ${columns} from webhook_delivery
		where webhook_id = $1 and position < coalesce($2, 9223372036854775807) and ($3::text is null or state = $3)
		order by position desc limit $4`,
}

const listDeadDeliveries: Statement = {
	name: 'list-dead-deliveries',
	text: `
		select ${columns} from webhook_delivery
		where webhook_id = $1 and position < coalesce($2, 9223372036854775807) and state = 'dead'
		order by position desc limit $3`,
}

const redeliver: Statement = {
	name: 'redeliver',
	text: `
		update webhook_delivery
		set state = 'pending', next_attempt_at = clock_timestamp(), tries = 0, trying_since = clock_timestamp()
		where webhook_id = $1 and position = $2
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

		/** Makes a delivery pending and due, for three days from now. Undefined when there is no such delivery. */
		async redeliver(webhookId: string, position: number, budget?: Budget): Promise<Delivery | undefined> {
			const [row] = await database.within(budget).query<Delivery>(redeliver, [webhookId, position])
			return row
		},
	}
}
