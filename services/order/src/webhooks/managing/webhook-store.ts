import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { WebhookChange } from '@mercat/order-api/webhook-schemas'
import type { Budget } from '@mercat/service/budget'
import { assignAllPositions } from '../../events/event-log-store.ts'
import { downAfterFailures } from '../receiver-down.ts'
import type { NewWebhookRow, Webhook } from './webhook.ts'
import { createWebhookProgressStore } from './webhook-progress-store.ts'

const columns =
	'webhook.id, origin, url, types, description, webhook.state, secrets, created_at as "createdAt", ended_at as "endedAt", webhook.position'

// The lock of the log, which each creation takes before, keeps two creations that count the webhooks at once from passing
// the limit together.
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

// No new event is tried: the receiver counts as down, or it has asked to wait.
const isShut = `(failures_in_row >= ${downAfterFailures} or hold_until > statement_timestamp())`

// A webhook whose receiver can be reached again gets its pending events at once, and has three days for them again.
// Deliveries that wait for an earlier one of their order wait on.
const revive = {
	columns: `
		failures_in_row = case when is_revived then 0 else failures_in_row end,
		hold_until = case when is_revived then '-infinity' else hold_until end`,
	deliveries: `
		update webhook_delivery
		set next_attempt_at = clock_timestamp(), tries = 0, trying_since = clock_timestamp()
		from before
		where is_revived and webhook_id = before.id and state = 'pending' and next_attempt_at is not null`,
}

// A process that works on the webhook goes on with it. It moves the position only when the types are still those of the
// events that it has read.
const changeWebhook: Statement = {
	name: 'change-webhook',
	text: `
		with before as materialized (
			select id, not (types @> coalesce($3::text[], types) and types <@ coalesce($3, types)) as has_new_types,
				url <> coalesce($2, url) or ($5 = 'active' and (state = 'paused' or ${isShut})) is true as is_revived
			from webhook where id = $1 for update
		), changed as (
			update webhook
			set url = coalesce($2, url), types = coalesce($3::text[], types), description = coalesce($4, description),
				state = coalesce($5, state),
				since_position = case when has_new_types then position else since_position end,
				${revive.columns}
			from before where webhook.id = before.id
			returning ${columns}
		), revived as (${revive.deliveries})
		select * from changed`,
}

// A replaced secret signs for a day more, so that receivers can change to the new one in the meantime. There is room in the
// header for the signatures of ten.
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
				order by place limit 10
			) as kept
		), '[]')
		where id = $1 and origin = 'api'
		returning ${columns}`,
}

// A process that works on the webhook moves the position only from where it was when it read. `least` passes over null.
const replayFrom: Statement = {
	name: 'replay-webhook',
	text: `
		with before as materialized (
			select id, ${isShut} as is_revived from webhook where id = $1 for update
		), changed as (
			update webhook
			set position = least(position, $2::bigint), since_position = least(since_position, $2),
				${revive.columns}
			from before where webhook.id = before.id
			returning ${columns}
		), revived as (${revive.deliveries})
		select * from changed`,
}

// A URL may be put back to the environment at the same moment. Then it has not ended.
const hasEnded = "origin = 'environment' and until_position is not null"

const takeOverWebhook: Statement = {
	name: 'take-over-webhook',
	text: `
		update webhook
		set origin = 'api', secrets = jsonb_build_array(jsonb_build_object('sealed', $2::text)), since_position = position,
			until_position = null, ended_at = null
		where id = $1 and ${hasEnded}
		returning id`,
}

const deleteWebhook: Statement = {
	name: 'delete-webhook',
	text: `delete from webhook where id = $1 and (origin = 'api' or ${hasEnded}) returning id`,
}

export function createWebhookStore(database: Database) {
	async function first(statement: Statement, values: unknown[], budget?: Budget): Promise<Webhook | undefined> {
		const [row] = await database.within(budget).query<Webhook>(statement, values)
		return row
	}

	const valuesOf = (id: string, { url, types, description, state }: WebhookChange) => [
		id,
		url ?? null,
		types ?? null,
		description ?? null,
		state ?? null,
	]

	return {
		...createWebhookProgressStore(database),

		/** Adds a webhook that gets the transitions from now on. Undefined when the API has made `most` already. */
		insertWebhook(webhook: NewWebhookRow, most: number, budget?: Budget): Promise<Webhook | undefined> {
			const { id, url, types, description, sealed } = webhook
			return database.transaction(async (transaction) => {
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
		changeWebhook: (id: string, change: WebhookChange, budget?: Budget) =>
			first(changeWebhook, valuesOf(id, change), budget),

		/**
		 * Makes a webhook whose URL has left the environment one of the API, with a change and a sealed secret. It goes on from
		 * where it was. Undefined when there is no such webhook, or when its URL is in the environment.
		 */
		takeOverWebhook(id: string, sealed: string, change: WebhookChange, budget?: Budget): Promise<Webhook | undefined> {
			return database.transaction(async (transaction) => {
				const taken = await transaction.query(takeOverWebhook, [id, sealed])
				if (taken.length === 0) return undefined
				const [row] = await transaction.queryAndCommit<Webhook>(changeWebhook, valuesOf(id, change))
				return row
			}, budget)
		},

		/** Puts a sealed secret before the others. Undefined when the API has made no such webhook. */
		rotateSecret: (id: string, sealed: string, budget?: Budget) => first(rotateSecret, [id, sealed], budget),

		/**
		 * Moves the position back, and never forward. A receiver that counts as down is tried again at once. Undefined when there
		 * is no such webhook.
		 */
		replayFrom: (id: string, position: number, budget?: Budget) => first(replayFrom, [id, position], budget),

		/** Has a receiver that counts as down tried again at once. */
		async revive(id: string, budget?: Budget): Promise<void> {
			await first(replayFrom, [id, null], budget)
		},

		/** Whether there was such a webhook, whose URL is not in the environment. Its deliveries are deleted later, because they can be many. */
		async deleteWebhook(id: string, budget?: Budget): Promise<boolean> {
			return (await database.within(budget).query(deleteWebhook, [id])).length > 0
		},
	}
}
