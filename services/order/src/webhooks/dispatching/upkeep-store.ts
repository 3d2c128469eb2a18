import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import { assignAllPositions, firstPosition } from '../../events/event-log-store.ts'

const findUrls: Statement = {
	name: 'find-webhooks-of-environment',
	text: "select url from webhook where origin = 'environment' and until_position is null",
}

// A URL begins at the end of the log. One that comes back goes on from where it was.
const addUrls: Statement = {
	name: 'add-webhooks-of-environment',
	text: `
		insert into webhook (origin, url, types, position, since_position)
		select 'environment', url, '{*}', last_position, last_position
		from event_log, (select url from unnest($1::text[]) as asked (url) order by url) as asked
		on conflict (url) where origin = 'environment' do update set until_position = null, ended_at = null
		where webhook.until_position is not null`,
}

const endUrls: Statement = {
	name: 'end-webhooks-of-environment',
	text: `
		update webhook set until_position = last_position, ended_at = clock_timestamp()
		from event_log
		where origin = 'environment' and until_position is null and url <> all($1::text[])`,
}

const removeEndedUrls: Statement = {
	name: 'remove-ended-webhooks',
	text: `
		delete from webhook
		where origin = 'environment' and ended_at < statement_timestamp() - $1 * interval '1 ms'
			and (
				position >= until_position and not exists (
					select from webhook_delivery where webhook_id = webhook.id and webhook_delivery.state = 'pending'
				)
				or not exists (select from event where event.position <= until_position)
			)`,
}

// The deliveries of each webhook are looked at from the oldest on, also those of webhooks that are deleted. A join would
// read all of them.
const pruneDeliveries: Statement = {
	name: 'prune-deliveries',
	text: `
		with recursive known (webhook_id) as (
			(select webhook_id from webhook_delivery order by webhook_id limit 1)
			union all
			select (
				select later.webhook_id from webhook_delivery as later
				where later.webhook_id > known.webhook_id order by later.webhook_id limit 1
			) from known where known.webhook_id is not null
		), kept as materialized (
			select ${firstPosition} as first from event_log
		), gone as materialized (
			select known.webhook_id, oldest.position
			from kept, known cross join lateral (
				select position from webhook_delivery
				where webhook_delivery.webhook_id = known.webhook_id and webhook_delivery.position < case
					when exists (select from webhook where webhook.id = known.webhook_id) then kept.first
					else 9223372036854775807
				end
				order by position limit $1
			) as oldest
			limit $1
		), deleted as (
			delete from webhook_delivery using gone
			where webhook_delivery.webhook_id = gone.webhook_id and webhook_delivery.position = gone.position
			returning webhook_delivery.webhook_id, state
		), lost as (
			select webhook_id as id, count(*) as deliveries from deleted
			where state = 'pending' and exists (select from webhook where webhook.id = webhook_id)
			group by webhook_id
		)
		select (select count(*) from deleted) as deleted, coalesce(
			(select jsonb_agg(jsonb_build_object('webhook', id, 'deliveries', deliveries)) from lost), '[]'
		) as lost`,
}

// A delivery waits for an earlier one until that one is settled. The earlier one may be deleted with its event, or a change
// of the webhook may have come in the middle of its last attempt.
const releaseWaiting: Statement = {
	name: 'release-waiting-deliveries',
	text: `
		update webhook_delivery as delivery set next_attempt_at = clock_timestamp()
		where state = 'pending' and next_attempt_at is null and not exists (
			select from webhook_delivery as earlier
			where earlier.webhook_id = delivery.webhook_id and earlier.order_id = delivery.order_id
				and earlier.version < delivery.version and earlier.state = 'pending'
		)`,
}

const findActive: Statement = {
	name: 'find-active-webhook',
	text: "select exists (select from webhook where state = 'active') as exists",
}

/** How many deliveries were deleted. `lost` counts those that were still pending, for each webhook that has some. */
export type PrunedDeliveries = { deleted: number; lost: { webhook: string; deliveries: number }[] }

export function createUpkeepStore(database: Database) {
	return {
		/** Makes the URLs of the environment webhooks. Others that were in the environment end with the log as it is now. */
		async registerEnvironment(urls: readonly string[]): Promise<void> {
			// Mostly nothing has changed. Then a start does not wait for the lock of the log.
			const known = await database.query<{ url: string }>(findUrls)
			if (known.length === urls.length && known.every(({ url }) => urls.includes(url))) return
			await database.transaction(async (transaction) => {
				await assignAllPositions(transaction)
				await transaction.query(addUrls, [urls])
				await transaction.queryAndCommit(endUrls, [urls])
			})
		},

		/** Removes the URLs that left the environment more than `keptMs` ago, when they have got what is left of their events. */
		async removeEnded(keptMs: number): Promise<void> {
			await database.query(removeEndedUrls, [keptMs])
		},

		/** Deletes up to `limit` deliveries whose events or whose webhooks are deleted. */
		async pruneDeliveries(limit: number): Promise<PrunedDeliveries> {
			const [row] = await database.query<PrunedDeliveries>(pruneDeliveries, [limit])
			return row ?? { deleted: 0, lost: [] }
		},

		/** Makes pending deliveries due that wait for an earlier delivery of their order and have none. */
		async releaseWaiting(): Promise<void> {
			await database.query(releaseWaiting)
		},

		async hasActiveWebhook(): Promise<boolean> {
			const [row] = await database.query<{ exists: boolean }>(findActive)
			return row?.exists ?? false
		},
	}
}
