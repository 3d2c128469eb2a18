import type { LogPart } from '@mercat/event-log/log-part'
import type { LoggedEvent } from '../../events/logged-event.ts'
import type { Tried } from './delivery-record.ts'
import type { DueRetry } from './leased-webhook.ts'
import { tryOrders } from './try-orders.ts'
import { startBatch, type WebhookSession } from './webhook-session.ts'

export type RetryDeliveriesNeeds = {
	/** Up to `limit` deliveries that are due, each the first of its order. */
	dueRetries(webhookId: string, limit: number): Promise<DueRetry[]>
	/** Up to 100 events after a position. */
	read(position: number): Promise<LogPart<LoggedEvent>>
}

const ordersAtOnce = 4

/** Tries pending deliveries that are due. Returns whether there were any. */
export async function retryDeliveries(session: WebhookSession, needs: RetryDeliveriesNeeds): Promise<boolean> {
	if (!session.webhook.hasPending) return false
	const due = await needs.dueRetries(session.webhook.id, ordersAtOnce)
	const tried: Tried[] = []
	for (const { position, ...tries } of due) {
		const { events } = await needs.read(position - 1)
		// The event may have been deleted just now. Its delivery will be, too.
		if (events[0]?.position === position) tried.push({ event: events[0], ...tries })
	}
	if (tried.length === 0) return false
	const { batch, onResult, with: batchWith } = startBatch()
	const mayTry = () => session.isOpen() && batch.goneUrl !== session.webhook.url
	const records = await tryOrders(tried, ordersAtOnce, { post: session.post, mayTry, onResult })
	// Only new events tell that a receiver is down or wants to wait. An event that it always refuses must not hold up others.
	await session.settle({ ...batchWith(records), failures: 0, holdMs: 0 })
	return true
}
