import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { WebhookChange } from '@mercat/order-api/webhook-schemas'
import type { Budget } from '@mercat/service/budget'
import { assignAllPositions } from '../../events/event-log-store.ts'
import type { NewWebhookRow, Webhook } from './webhook.ts'

const columns =
	'webhook.id, origin, url, types, description, webhook.state, secrets, created_at as "createdAt", webhook.position'

// Each creation waits for this lock, so that two creations that count the webhooks at once cannot pass the limit together.
const lockNumber: Statement = {
	name: 'lock-number-of-webhooks',
	text: "select pg_advisory_xact_lock(hashtext('mercat webhooks'))",
}

const insertWebhook: Statement = {
	name: 'insert-webhook',
	text: `
		insert into webhook (id, origin, url, types, description, secrets, position, since_position)
		select $1, 'api', $2, $3::text[], $4, jsonb_build_array(jsonb_build_object('sealed', $5::text)), last_position, last_position
		from event_log where (select count(*) from webhook where origin = 'api') < $6
		returning ${columns}`,
}

const listWebhooks: Statement = {
	name: 'list-webhooks',
	text: `select ${columns} from webhook order by created_at desc, id`,
}

const findWebhook: Statement = { name: 'find-webhook', text: `select ${columns} from webhook where id = $1` }

// A process that works on the webhook has read events for the former types. It loses its lease, so that it does not move the
// position past events of the new types. A webhook that can be reached again gets its pending events at once, and has three
// days for them again.
const changeWebhook: Statement = {
	name: 'change-webhook',
	text: `
		with before as materialized (
			select id, types <> coalesce($3::text[], types) as has_new_types,
				url <> coalesce($2, url) or (state = 'paused' and coalesce($5, state) = 'active') as is_revived
			from webhook where id = $1 for update
		), changed as (
			update webhook
			set url = coalesce($2, url), types = coalesce($3::text[], types), description = coalesce($4, description),
				state = coalesce($5, state),
				since_position = case when has_new_types then position else since_position end,
				lease_id = case when has_new_types then null else lease_id end,
				leased_until = case when has_new_types then '-infinity' else leased_until end,
				failures_in_row = case when is_revived then 0 else failures_in_row end
			from before where webhook.id = before.id
			returning ${columns}
		), revived as (
			update webhook_delivery
			set next_attempt_at = clock_timestamp(), tries = 0, trying_since = clock_timestamp()
			from before where is_revived and webhook_id = before.id and state = 'pending'
		)
		select * from changed`,
}

// The replaced secret signs for a day more, so that receivers can change to the new one in the meantime. At most two
// replaced secrets are kept.
const rotateSecret: Statement = {
	name: 'rotate-webhook-secret',
	text: `
		update webhook
		set secrets = jsonb_build_array(jsonb_build_object('sealed', $2::text)) || coalesce((
			select jsonb_agg(
				jsonb_build_object('signsUntil', clock_timestamp() + interval '1 day') || entry order by place
			)
			from (
				select entry, place from jsonb_array_elements(secrets) with ordinality as member (entry, place)
				where coalesce((entry->>'signsUntil')::timestamptz > clock_timestamp(), true)
				order by place limit 2
			) as kept
		), '[]')
		where id = $1 and origin = 'api'
		returning ${columns}`,
}

// A process that works on the webhook moves the position only from where it was when it read.
const replayFrom: Statement = {
	name: 'replay-webhook',
	text: `
		update webhook set position = least(position, $2), since_position = least(since_position, $2)
		where id = $1
		returning ${columns}`,
}

const deleteWebhook: Statement = {
	name: 'delete-webhook',
	text: "delete from webhook where id = $1 and origin = 'api' returning id",
}

export function createWebhookStore(database: Database) {
	async function first(statement: Statement, values: unknown[], budget?: Budget): Promise<Webhook | undefined> {
		const [row] = await database.within(budget).query<Webhook>(statement, values)
		return row
	}

	return {
		/** Adds a webhook that gets the transitions from now on. Undefined when the API has made `most` already. */
		insertWebhook(webhook: NewWebhookRow, most: number, budget?: Budget): Promise<Webhook | undefined> {
			const { id, url, types, description, sealed } = webhook
			return database.transaction(async (transaction) => {
				await transaction.query(lockNumber)
				await assignAllPositions(transaction)
				const values = [id, url, types, description, sealed, most]
				const [row] = await transaction.queryAndCommit<Webhook>(insertWebhook, values)
				return row
			}, budget)
		},

		/** Every webhook, the newest first. */
		listWebhooks: (budget?: Budget): Promise<Webhook[]> => database.within(budget).query<Webhook>(listWebhooks),

		findWebhook: (id: string, budget?: Budget) => first(findWebhook, [id], budget),

		/** Members that are absent stay as they are. Undefined when there is no such webhook. */
		changeWebhook(id: string, { url, types, description, state }: WebhookChange, budget?: Budget) {
			return first(changeWebhook, [id, url ?? null, types ?? null, description ?? null, state ?? null], budget)
		},

		/** Puts a sealed secret before the others. Undefined when the API has made no such webhook. */
		rotateSecret: (id: string, sealed: string, budget?: Budget) => first(rotateSecret, [id, sealed], budget),

		/** Moves the position back, and never forward. Undefined when there is no such webhook. */
		replayFrom: (id: string, position: number, budget?: Budget) => first(replayFrom, [id, position], budget),

		/** Whether there was such a webhook, made by the API. Its deliveries are deleted later, because they can be many. */
		async deleteWebhook(id: string, budget?: Budget): Promise<boolean> {
			return (await database.within(budget).query(deleteWebhook, [id])).length > 0
		},
	}
}
