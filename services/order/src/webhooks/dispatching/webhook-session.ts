import type { Logger } from '@mercat/service/log'
import { traceIdOfTraceparent } from '../../order/order-trace.ts'
import type { AttemptResult } from '../attempt.ts'
import { downAfterFailures } from '../receiver-down.ts'
import type { Tried } from './delivery-record.ts'
import type { DeliveryRecord, LeasedWebhook, Settlement, WebhookRow } from './leased-webhook.ts'

export type WebhookSessionNeeds = {
	/** Records a batch. Undefined when the lease is lost. */
	settle(settlement: Settlement): Promise<WebhookRow | undefined>
	post(webhook: WebhookRow, tried: Tried, signal: AbortSignal): Promise<AttemptResult>
	/** Called when the receiver has taken an event after it was down. */
	onRecovery(): void
	log: Logger
}

export type WebhookSessionOptions = {
	leaseMs: number
	/** Aborted when the process stops. */
	stop: AbortSignal
}

/** The work of this process on one webhook, while it has the lease. */
export type WebhookSession = {
	/** The webhook as of the last statement, which is at most about a second old. */
	readonly webhook: WebhookRow
	/** Whether new attempts may begin: the lease goes on, the webhook is active, and the process does not stop. */
	isOpen(): boolean
	/** Makes one attempt at the present URL of the webhook. */
	post(tried: Tried): Promise<SessionResult>
	/** Records a batch. The lease ends with `isLast`. Nothing is recorded when the lease is lost. */
	settle(batch: Batch, isLast?: boolean): Promise<void>
	/** Ends the lease, unless it has ended. */
	release(): Promise<void>
}

/** A batch without records only extends the lease. */
export type Batch = Omit<Settlement, 'keepsLease'>

/** The URL is the one that was posted to, because the webhook may have another one by the end of the attempt. */
export type SessionResult = AttemptResult & { url: string }

const noCounts = { failures: 0, hasDelivered: false, holdMs: 0, goneUrl: null }
export const emptyBatch: Batch = { records: [], ...noCounts }

export function openSession(
	leased: LeasedWebhook,
	{ settle, post, onRecovery, log }: WebhookSessionNeeds,
	{ leaseMs, stop }: WebhookSessionOptions,
): WebhookSession {
	const lost = new AbortController()
	const signal = AbortSignal.any([stop, lost.signal])
	let webhook: WebhookRow = leased
	let hasLease = true
	let leaseEndsAt = performance.now() + leaseMs
	let settling: Promise<void> = Promise.resolve()

	// One after another: a statement that waits for the row of the webhook does not see what the one before it has written,
	// and would tell that no delivery is pending.
	function settleInTurn(batch: Batch, isLast?: boolean): Promise<void> {
		const settled = settling.then(() => settleBatch(batch, isLast))
		settling = settled.catch(() => {})
		return settled
	}

	async function settleBatch(batch: Batch, isLast = false): Promise<void> {
		if (!hasLease) return
		const startedAt = performance.now()
		const keepsLease = !isLast && !stop.aborted
		const settled = await settle({ ...batch, keepsLease })
		if (settled === undefined) {
			hasLease = false
			lost.abort()
			log.warn({ webhook: leased.id }, 'another process has the lease of a webhook now, or the webhook is deleted')
			return
		}
		const hasRecovered = webhook.failuresInRow >= downAfterFailures && settled.failuresInRow < downAfterFailures
		webhook = settled
		hasLease = keepsLease
		leaseEndsAt = startedAt + leaseMs
		report(batch)
		if (hasRecovered) onRecovery()
	}

	function report({ records, goneUrl }: Batch): void {
		for (const { state, event, attempt, failedBefore } of records) {
			if (attempt === undefined) continue
			const { position, orderId, version } = event
			const traceId = traceIdOfTraceparent(event.traceparent)
			const facts = { webhook: leased.id, event: position, orderId, version, traceId }
			const failure = { ...facts, error: attempt.error }
			if (state === 'dead') log.error(failure, 'a delivery to a webhook is dead')
			else if (state === 'pending' && failedBefore === 0)
				log.warn(failure, 'a delivery to a webhook failed; it is tried again')
			else if (state === 'delivered' && failedBefore)
				log.info({ ...facts, failedBefore }, 'a delivery to a webhook that had failed was taken')
		}
		if (goneUrl === webhook.url) log.warn({ webhook: leased.id }, 'a webhook answered 410 and is paused')
	}

	return {
		get webhook() {
			return webhook
		},
		isOpen: () => hasLease && webhook.state === 'active' && !signal.aborted && performance.now() < leaseEndsAt,
		async post(tried) {
			const { url } = webhook
			return { ...(await post(webhook, tried, signal)), url }
		},
		settle: settleInTurn,
		release: () => settleInTurn(emptyBatch, true),
	}
}

/** The counts of a batch whose attempts are under way. */
export function startBatch() {
	const batch: Omit<Batch, 'records' | 'read'> = { ...noCounts }
	return {
		batch,
		onResult(result: SessionResult): void {
			const { outcome, attempt } = result
			if (outcome === 'delivered') {
				batch.hasDelivered = true
				batch.failures = 0
			} else if (outcome !== 'aborted') batch.failures++
			if (outcome === 'gone') batch.goneUrl = result.url
			if (outcome === 'failed' && [429, 503].includes(attempt.status ?? 0)) {
				batch.holdMs = Math.max(batch.holdMs, result.retryAfterMs)
			}
		},
		with: (records: DeliveryRecord[], read?: Settlement['read']): Batch => ({ ...batch, records, read }),
	}
}
