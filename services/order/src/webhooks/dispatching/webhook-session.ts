import type { Logger } from '@mercat/service/log'
import type { LoggedEvent } from '../../events/logged-event.ts'
import type { AttemptResult } from '../attempt.ts'
import {
	type DeliveryRecord,
	downAfterFailures,
	type LeasedWebhook,
	type Settlement,
	type WebhookRow,
} from './leased-webhook.ts'

export type WebhookSessionNeeds = {
	/** Records a batch. Undefined when the lease is lost. */
	settle(settlement: Settlement): Promise<WebhookRow | undefined>
	post(webhook: WebhookRow, event: LoggedEvent, signal: AbortSignal): Promise<AttemptResult>
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
	/** The webhook as of the last statement. */
	readonly webhook: WebhookRow
	/** Whether new attempts may begin: the lease goes on, the webhook is active, and the process does not stop. */
	isOpen(): boolean
	post(event: LoggedEvent): Promise<AttemptResult>
	/** Records a batch. The lease ends with `isLast`. Nothing is recorded when the lease is lost. */
	settle(batch: Batch, isLast?: boolean): Promise<void>
	/** Ends the lease, unless it has ended. */
	release(): Promise<void>
}

/** A batch without records only extends the lease. */
export type Batch = Pick<Settlement, 'records' | 'read' | 'failures'> & { hasDelivered: boolean; isGone: boolean }

export const emptyBatch: Batch = { records: [], failures: 0, hasDelivered: false, isGone: false }

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
			log.warn({ webhook: leased.id }, 'another process or a change has ended the lease of a webhook')
			return
		}
		const hasRecovered = webhook.failuresInRow >= downAfterFailures && settled.failuresInRow < downAfterFailures
		webhook = settled
		hasLease = keepsLease && settled.state === 'active'
		leaseEndsAt = startedAt + leaseMs
		report(batch)
		if (hasRecovered) onRecovery()
	}

	function report({ records, isGone }: Batch): void {
		for (const { state, event, attempt, failedBefore } of records) {
			if (attempt === undefined) continue
			const facts = { webhook: leased.id, event: event.position, order: event.orderId, version: event.version }
			const failure = { ...facts, error: attempt.error }
			if (state === 'dead') log.error(failure, 'a delivery to a webhook is dead')
			else if (state === 'pending' && failedBefore === 0)
				log.warn(failure, 'a delivery to a webhook failed; it is tried again')
			else if (state === 'delivered' && failedBefore)
				log.info({ ...facts, failedBefore }, 'a delivery to a webhook that had failed was taken')
		}
		if (isGone) log.warn({ webhook: leased.id }, 'a webhook answered 410 and is paused')
	}

	return {
		get webhook() {
			return webhook
		},
		isOpen: () => hasLease && !signal.aborted && performance.now() < leaseEndsAt,
		post: (event) => post(webhook, event, signal),
		settle: settleInTurn,
		release: () => settleInTurn(emptyBatch, true),
	}
}

/** The counts of a batch whose attempts are under way. */
export function startBatch() {
	const batch = { failures: 0, hasDelivered: false, isGone: false }
	return {
		batch,
		onResult({ outcome }: AttemptResult): void {
			if (outcome === 'delivered') {
				batch.hasDelivered = true
				batch.failures = 0
			} else if (outcome === 'gone') batch.isGone = true
			else if (outcome !== 'aborted') batch.failures++
		},
		with: (records: DeliveryRecord[], read?: Settlement['read']): Batch => ({ ...batch, records, read }),
	}
}
