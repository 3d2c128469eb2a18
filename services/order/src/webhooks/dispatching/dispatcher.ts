import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAlarm } from '@mercat/service/alarm'
import { drainBatches } from '@mercat/service/drain-batches'
import { Counter } from '@mercat/service/metrics'
import { repeat } from '@mercat/service/repeat'
import { type DispatchWebhookNeeds, dispatchWebhook } from './dispatch-webhook.ts'
import type { LeasedWebhook, Settlement, WebhookRow } from './leased-webhook.ts'

type Lease = { leaseId: string; leaseMs: number }

export type DispatcherNeeds = Omit<DispatchWebhookNeeds, 'settle'> & {
	/** Leases every webhook that has work and that no process works on. */
	claim(options: Lease & { except: string[]; last: number }): Promise<LeasedWebhook[]>
	/** Records a batch. Undefined when the lease is lost. */
	settle(lease: Lease & { webhookId: string }, settlement: Settlement): Promise<WebhookRow | undefined>
	/** Makes these URLs webhooks, and ends the other URLs that were in the environment. */
	registerEnvironment(urls: readonly string[]): Promise<void>
	/** Removes the URLs that left the environment more than `keptMs` ago and have got everything. */
	removeEnded(keptMs: number): Promise<void>
	/** Deletes up to `limit` deliveries whose events or webhooks are deleted. */
	pruneDeliveries(limit: number): Promise<{ deleted: number; lost: { webhook: string; deliveries: number }[] }>
	/** Makes pending deliveries due that wait for an earlier delivery of their order and have none. */
	releaseWaiting(): Promise<void>
	hasActiveWebhook(): Promise<boolean>
}

export type DispatcherOptions = {
	/** The URLs of the environment. */
	webhooks: readonly string[]
	/** How long another process waits before it goes on with the webhooks of a process that has died. */
	leaseMs?: number
}

export type Dispatcher = AsyncDisposable & {
	/** Looks for work now. */
	wake(): void
}

const usualLeaseMs = 30_000
// How often to look for deliveries that are due, and for webhooks whose process has died.
const pollMs = 500
// A log that grows all the time is no reason to look all the time.
const leastPauseMs = 100
const upkeepMs = 60_000
const prunedAtOnce = 5_000
const endedKeptMs = 3_600_000

const lostTotal = new Counter({
	name: 'mercat_events_lost_total',
	help: 'Events that were deleted before a webhook got them, once for each webhook',
})

/**
 * Delivers the events of the log to every webhook, until it is disposed of. Of all processes, one at a time works on a
 * webhook. Each webhook has a task of its own, so that none delays another.
 */
export async function startDispatcher(
	needs: DispatcherNeeds,
	{ webhooks, leaseMs = usualLeaseMs }: DispatcherOptions,
): Promise<Dispatcher> {
	const { log, tail } = needs
	const lease: Lease = { leaseId: randomUUID(), leaseMs }
	const stop = new AbortController()
	const alarm = createAlarm()
	const tasks = new Map<string, Promise<void>>()
	// A process that knows of no webhook does not look whenever the log grows. It still looks now and then.
	let hasWebhooks = webhooks.length > 0

	async function run(): Promise<void> {
		while (!stop.signal.aborted) {
			const startedAt = performance.now()
			await claim().catch((error: unknown) => log.error({ err: error }, 'dispatcher failed; it goes on'))
			await alarm.wait(pollMs)
			const restMs = startedAt + leastPauseMs - performance.now()
			if (restMs > 0) await sleep(restMs, undefined, { signal: stop.signal }).catch(() => {})
		}
	}

	async function claim(): Promise<void> {
		const leased = await needs.claim({ ...lease, except: [...tasks.keys()], last: tail.last() })
		hasWebhooks ||= leased.length > 0
		for (const webhook of leased) {
			reportExpired(webhook)
			tasks.set(
				webhook.id,
				dispatch(webhook).finally(() => tasks.delete(webhook.id)),
			)
		}
	}

	async function dispatch(webhook: LeasedWebhook): Promise<void> {
		const settle = (webhookId: string, settlement: Settlement) => needs.settle({ ...lease, webhookId }, settlement)
		try {
			await dispatchWebhook(webhook, { ...needs, settle }, { leaseMs, stop: stop.signal })
			// The log may have grown just before the lease ended.
			alarm.ring()
		} catch (error) {
			log.error({ err: error, webhook: webhook.id }, 'delivery to a webhook failed; it goes on')
		}
	}

	async function prune(limit: number): Promise<number> {
		const { deleted, lost } = await needs.pruneDeliveries(limit)
		for (const { webhook, deliveries } of lost) {
			lostTotal.inc(deliveries)
			log.error({ webhook, deliveries }, 'pending deliveries to a webhook were deleted with their events')
		}
		return deleted
	}

	function reportExpired({ id, position, expiredTo }: LeasedWebhook): void {
		if (expiredTo === null) return
		lostTotal.inc(expiredTo - position)
		log.error({ webhook: id, after: position, upTo: expiredTo }, 'events were deleted before a webhook got them')
	}

	async function keepHouse(): Promise<void> {
		await needs.removeEnded(endedKeptMs)
		await drainBatches(prunedAtOnce, prune)
		await needs.releaseWaiting()
		hasWebhooks = await needs.hasActiveWebhook()
	}

	await needs.registerEnvironment(webhooks)
	await keepHouse()
	const stopListening = tail.onGrowth(() => hasWebhooks && alarm.ring())
	const running = run()
	const upkeep = repeat({ name: 'prune deliveries', run: keepHouse, intervalMs: upkeepMs }, log)
	return {
		wake: alarm.ring,
		async [Symbol.asyncDispose]() {
			stop.abort()
			stopListening()
			alarm.ring()
			await running
			await Promise.all([...tasks.values(), upkeep[Symbol.asyncDispose]()])
		},
	}
}
