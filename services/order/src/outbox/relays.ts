import type { Logger } from '@mercat/service/log'
import { repeat } from '@mercat/service/repeat'
import { Gauge } from 'prom-client'
import type { OrderConfig } from '../config.ts'
import { catalogDestination } from '../order/order-messages.ts'
import { type DeliverCommandsNeeds, deliverCommands } from './deliver-commands.ts'
import { deliverWebhook } from './deliver-webhook.ts'
import type { OutboxStore } from './outbox-store.ts'
import { type Relay, type RelayOptions, startRelay } from './relay.ts'

export type RelaysNeeds = Omit<OutboxStore, 'acknowledgeCommits'> & DeliverCommandsNeeds & { log: Logger }

export type Relays = AsyncDisposable & {
	/** There is something to deliver now. */
	wake(): void
}

const commandRelay: RelayOptions = { batchSize: 256, leaseMs: 10_000, pollMs: 500 }
const webhookRelay: RelayOptions = { batchSize: 20, leaseMs: 30_000, pollMs: 500 }
const webhookDelivery = { timeoutMs: 10_000, mostAttempts: 15, firstRetryMs: 500, largestRetryMs: 3_600_000 }
const housekeepingMs = 60_000
const retentionMs = 7 * 24 * 3_600_000

const pendingGauge = new Gauge({ name: 'outbox_pending_messages', help: 'Messages that are still to be delivered' })
const deadGauge = new Gauge({ name: 'outbox_dead_messages', help: 'Messages that were given up' })
const lagGauge = new Gauge({
	name: 'outbox_lag_seconds',
	help: 'Age of the oldest message that is still to be delivered',
})

/** A relay for the catalog and one for each webhook, also for those that messages are still owed to though they are configured no more. */
export async function startRelays(
	needs: RelaysNeeds,
	{ webhooks, webhookSecret = '' }: Pick<OrderConfig, 'webhooks' | 'webhookSecret'>,
): Promise<Relays> {
	const relays = new Map<string, Relay>()
	relays.set(catalogDestination, startRelay(catalogDestination, deliverCommands(needs), needs, commandRelay))
	const serve = (target: string) => {
		if (relays.has(target) || webhookSecret === '') return
		const deliver = deliverWebhook(target, { ...webhookDelivery, secret: webhookSecret })
		relays.set(target, startRelay(target, deliver, needs, webhookRelay))
	}
	for (const target of webhooks) serve(target)

	async function keepHouse(): Promise<void> {
		for (const target of await needs.pendingDestinations()) serve(target)
		await needs.prune(retentionMs)
		const { pending, dead, oldestS } = await needs.lag()
		pendingGauge.set(pending)
		deadGauge.set(dead)
		lagGauge.set(oldestS)
	}
	await keepHouse()
	const housekeeping = repeat(keepHouse, housekeepingMs, needs.log)

	return {
		wake() {
			for (const relay of relays.values()) relay.wake()
		},
		async [Symbol.asyncDispose]() {
			await housekeeping[Symbol.asyncDispose]()
			await Promise.all([...relays.values()].map((relay) => relay[Symbol.asyncDispose]()))
		},
	}
}
