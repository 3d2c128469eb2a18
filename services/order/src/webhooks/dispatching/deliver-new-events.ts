import type { LogPart } from '@mercat/event-log/log-part'
import type { LoggedEvent } from '../../events/logged-event.ts'
import { downAfterFailures } from '../receiver-down.ts'
import { waiting } from './delivery-record.ts'
import type { OldMessage, WebhookRow } from './leased-webhook.ts'
import { tryOrders } from './try-orders.ts'
import { startBatch, type WebhookSession } from './webhook-session.ts'

export type DeliverNewEventsNeeds = {
	/** Up to 100 events after a position. */
	read(position: number): Promise<LogPart<LoggedEvent>>
	/** The last position known to this process. */
	last(): number
	/** The orders among the given ones that have a pending delivery. */
	pendingOrders(webhookId: string, orderIds: string[]): Promise<Set<string>>
	/** The messages about these orders that an earlier version wrote for a URL. */
	oldMessages(url: string, orderIds: string[]): Promise<OldMessage[]>
}

/** What a session remembers between its batches. */
export type NewEventsState = { mayProbe: boolean; hasOldMessages: boolean; expiredTo: number | null }

const ordersAtOnce = 12
// Parts of the log without an event for the webhook are passed over, so many with one statement.
const mostReads = 20

/**
 * Delivers the next part of the log. Events of orders that have a pending delivery wait, and those that an earlier version
 * has in its outbox are left to it. Returns whether there was anything to do.
 */
export async function deliverNewEvents(
	session: WebhookSession,
	state: NewEventsState,
	needs: DeliverNewEventsNeeds,
	isLast: (readTo: number) => boolean,
): Promise<boolean> {
	const { webhook } = session
	const isDown = webhook.failuresInRow >= downAfterFailures
	if (webhook.isHeld || (isDown && !state.mayProbe)) return false
	state.mayProbe = false
	const part = await readNext(webhook, Math.max(webhook.position, state.expiredTo ?? 0), needs)
	if (part.readTo === webhook.position) return false
	const [probe] = part.events
	const { events, readTo } = isDown && probe !== undefined ? { events: [probe], readTo: probe.position } : part

	const { sent, waits } = await sortOut(webhook, events, state, needs)
	const { batch, onResult, with: batchWith } = startBatch()
	// Without a delivery the receiver may go down in the middle of a batch.
	const failures = () => batch.failures + (batch.hasDelivered ? 0 : webhook.failuresInRow)
	const isRefused = () => batch.holdMs > 0 || batch.goneUrl === session.webhook.url
	const mayTry = () => session.isOpen() && !isRefused() && (isDown || failures() < downAfterFailures)
	const tried = sent.map((event) => ({ event, tries: 0 }))
	const records = [
		...(await tryOrders(tried, ordersAtOnce, { post: session.post, mayTry, onResult })),
		...waits.map(waiting),
	]
	// The rest of a batch waits as long as the receiver has asked for.
	for (const record of records) if (record.attempt === undefined) record.delayMs = batch.holdMs
	const { position: from, types } = webhook
	const settled = batchWith(records, { from, to: readTo, types })
	await session.settle(settled, isLast(readTo))
	return true
}

/** The next events that the webhook receives, or only where the log was read to when there are none. */
async function readNext(
	webhook: WebhookRow,
	after: number,
	{ read, last }: DeliverNewEventsNeeds,
): Promise<LogPart<LoggedEvent>> {
	const isEveryType = webhook.types.includes('*')
	const until = Math.min(last(), webhook.untilPosition ?? Number.POSITIVE_INFINITY)
	let readTo = after
	for (let reads = 0; reads < mostReads && readTo < until; reads++) {
		const part = await read(readTo)
		if (part.readTo === readTo) break
		readTo = Math.min(part.readTo, until)
		const events = part.events.filter(
			({ position, type }) => position <= until && (isEveryType || webhook.types.includes(type)),
		)
		if (events.length > 0) return { events, readTo }
	}
	return { events: [], readTo }
}

async function sortOut(
	{ id, origin, url, hasPending }: WebhookRow,
	events: LoggedEvent[],
	state: NewEventsState,
	{ pendingOrders, oldMessages }: DeliverNewEventsNeeds,
): Promise<{ sent: LoggedEvent[]; waits: LoggedEvent[] }> {
	// An event with old messages comes before every event that must wait for them.
	state.hasOldMessages ||= origin === 'environment' && events.some(({ hasOldMessages }) => hasOldMessages)
	if (events.length === 0 || !(hasPending || state.hasOldMessages)) return { sent: events, waits: [] }
	const orderIds = [...new Set(events.map(({ orderId }) => orderId))]
	const waiting = hasPending ? await pendingOrders(id, orderIds) : new Set<string>()
	const old = state.hasOldMessages ? await oldMessages(url, orderIds) : []
	for (const { orderId, isPending } of old) if (isPending) waiting.add(orderId)
	const isOld = new Set(old.map(({ orderId, version }) => `${orderId} ${version}`))
	const due = events.filter(({ orderId, version }) => !isOld.has(`${orderId} ${version}`))
	return {
		sent: due.filter(({ orderId }) => !waiting.has(orderId)),
		waits: due.filter(({ orderId }) => waiting.has(orderId)),
	}
}
