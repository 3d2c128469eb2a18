import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'

/** A webhook whose URL has left WEBHOOK_URLS, and that has not got all events up to then. */
export type EndedWebhook = { id: string; url: string; endedAt: Date; pending: number }

const findEnded: Statement = {
	name: 'find-ended-webhooks',
	text: `
		select id, url, ended_at as "endedAt", pending from webhook cross join lateral (
			select greatest(0, until_position - webhook.position) + count(*) as pending from webhook_delivery
			where webhook_id = webhook.id and webhook_delivery.state = 'pending'
		) as missing
		where origin = 'environment' and until_position is not null and pending > 0
		order by ended_at, id`,
}

export function createEndedWebhookStore(database: Pick<Database, 'query'>) {
	return {
		/** Every webhook that has ended and still has events to get, the first to end first. */
		async findEnded(): Promise<EndedWebhook[]> {
			// An earlier version of the service has made the database without webhooks.
			const [row] = await database.query<{ has: boolean }>("select to_regclass('webhook_delivery') is not null as has")
			return row?.has ? database.query<EndedWebhook>(findEnded) : []
		},
	}
}
