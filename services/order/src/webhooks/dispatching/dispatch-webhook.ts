import { type Alarm, createAlarm } from '@mercat/service/alarm'
import type { EventTail } from '../../events/event-tail.ts'
import { type DeliverNewEventsNeeds, deliverNewEvents, type NewEventsState } from './deliver-new-events.ts'
import type { LeasedWebhook, Settlement, WebhookRow } from './leased-webhook.ts'
import { type RetryDeliveriesNeeds, retryDeliveries } from './retry-deliveries.ts'
import {
	emptyBatch,
	openSession,
	type WebhookSession,
	type WebhookSessionNeeds,
	type WebhookSessionOptions,
} from './webhook-session.ts'

export type DispatchWebhookNeeds = Pick<WebhookSessionNeeds, 'post' | 'log'> &
	Omit<DeliverNewEventsNeeds & RetryDeliveriesNeeds, 'read' | 'last'> & {
		tail: Pick<EventTail, 'read' | 'last' | 'onGrowth'>
		settle(webhookId: string, settlement: Settlement): Promise<WebhookRow | undefined>
	}

/** A way of going through a webhook's work. Returns whether there may be more to do at once. */
type Step = () => Promise<boolean>

const lanes = 2
// How soon a lane that has nothing to do looks again while the other one works.
const idleMs = 500
// While attempts are under way, the session learns so often that the webhook was changed, paused or deleted. This extends
// the lease, too: several times in its time, so that one late statement does not end it.
const refreshMs = 1_000
const extensions = 3

/**
 * Does all the work that a leased webhook has now, and ends its lease. New events and retries go in two lanes, so that a
 * retry that hangs does not hold up new events. They never meet in one order: new events of an order that has a pending
 * delivery become pending themselves.
 */
export async function dispatchWebhook(
	leased: LeasedWebhook,
	{ tail, settle, ...needs }: DispatchWebhookNeeds,
	options: WebhookSessionOptions,
): Promise<void> {
	const [newEvents, retries] = [createAlarm(), createAlarm()]
	const ringAll = () => {
		newEvents.ring()
		retries.ring()
	}
	const session = openSession(
		leased,
		{ ...needs, settle: (settlement) => settle(leased.id, settlement), onRecovery: ringAll },
		options,
	)
	const state: NewEventsState = { ...leased }
	const { read, last } = tail
	let idleLanes = 0

	async function go(step: Step, alarm: Alarm): Promise<void> {
		try {
			while (session.isOpen() && idleLanes < lanes) {
				if (await step()) continue
				idleLanes++
				if (idleLanes < lanes) await alarm.wait(idleMs)
				if (idleLanes < lanes) idleLanes--
			}
		} finally {
			// Both lanes are idle, the lease has ended, or this lane has failed. The other lane ends, too.
			idleLanes = lanes
			ringAll()
		}
	}

	const isLast = (readTo: number) => idleLanes === lanes - 1 && !session.webhook.hasPending && readTo >= last()
	const stopListening = tail.onGrowth(newEvents.ring)
	const refreshing = repeatSettle(session, Math.min(refreshMs, options.leaseMs / extensions))
	options.stop.addEventListener('abort', ringAll)
	try {
		const gone = await Promise.allSettled([
			go(() => deliverNewEvents(session, state, { ...needs, read, last }, isLast), newEvents),
			go(() => retryDeliveries(session, { ...needs, read }), retries),
		])
		for (const lane of gone) if (lane.status === 'rejected') throw lane.reason
	} finally {
		options.stop.removeEventListener('abort', ringAll)
		clearInterval(refreshing)
		stopListening()
		await session.release()
	}
}

/** Settles an empty batch again and again. A statement that is late is not followed by others. */
function repeatSettle(session: WebhookSession, everyMs: number): NodeJS.Timeout {
	let isSettling = false
	return setInterval(async () => {
		if (isSettling) return
		isSettling = true
		await session.settle(emptyBatch).catch(() => {})
		isSettling = false
	}, everyMs)
}
