import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { WebhookProgress } from './webhook-progress.ts'

// Each part reads a bounded number of rows of an index. An attempt can have a kilobyte and a delivery a hundred of them, so
// the attempts of only one delivery are read.
const findProgress: Statement = {
	name: 'find-webhook-progress',
	text: `
		select webhook.id, waiting.count + greatest(0, behind.until - webhook.position) as pending,
			(
				select logged_at from event
				where event.position >= least(
					waiting.first, case when webhook.position < behind.until then webhook.position + 1 end
				)
				order by event.position limit 1
			) as "waitingSince",
			(
				select count(*) from (
					select from webhook_delivery as delivery
					where delivery.webhook_id = webhook.id and delivery.state = 'dead' limit 1000
				) as counted
			) as dead,
			case when oldest.attempts->-1 ? 'error' then jsonb_build_object(
				'since', coalesce(case when oldest.attempts->0 ? 'error' then oldest.attempts->0->'at' end, to_jsonb(oldest.trying_since)),
				'lastAttempt', oldest.attempts->-1
			) end as failing,
			(
				select next_attempt_at from webhook_delivery as delivery
				where delivery.webhook_id = webhook.id and delivery.state = 'pending' and next_attempt_at is not null
				order by next_attempt_at limit 1
			) as "nextAttemptAt"
		from event_log cross join webhook
			cross join lateral (select least(last_position, until_position) as until) as behind
			cross join lateral (
				select count(*) as count, min(position) as first from (
					select position from webhook_delivery as delivery
					where delivery.webhook_id = webhook.id and delivery.state = 'pending' limit 100000
				) as counted
			) as waiting
			left join lateral (
				select attempts, trying_since from (
					select position, tries, attempts, trying_since from webhook_delivery as delivery
					where delivery.webhook_id = webhook.id and delivery.state = 'pending' and next_attempt_at is not null
					order by next_attempt_at limit 1000
				) as due
				order by tries = 0, position limit 1
			) as oldest on true
		where webhook.id = any($1::uuid[])`,
}

export function createWebhookProgressStore(database: Database) {
	return {
		/** The progress of each webhook by its id. */
		async findProgress(ids: string[], budget?: Budget): Promise<Map<string, WebhookProgress>> {
			const rows = await database.within(budget).query<WebhookProgress & { id: string }>(findProgress, [ids])
			return new Map(rows.map(({ id, ...progress }) => [id, progress]))
		},
	}
}
