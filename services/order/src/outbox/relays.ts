import type { Logger } from '@mercat/service/log'
import { repeat } from '@mercat/service/repeat'
import { catalogDestination } from '../order/order-messages.ts'
import { type DeliverCommandsNeeds, deliverCommands } from './deliver-commands.ts'
import { deliverWebhook } from './deliver-webhook.ts'
import { catalogLeaseMs, retentionMs, webhookLeaseMs } from './outbox-times.ts'
import { type Relay, type RelayNeeds, type RelayOptions, startRelay } from './relay.ts'

export type RelaysNeeds = {
	log: Logger
	outbox: Pick<RelayNeeds, 'claim' | 'settle'> & {
		/** Every destination that has pending messages. */
		pendingDestinations(): Promise<string[]>
		/** Deletes the messages that were delivered more than `retentionMs` ago. */
		prune(retentionMs: number): Promise<void>
	}
	commands: Omit<DeliverCommandsNeeds, 'log'>
}

export type RelaysOptions = {
	/** The key that signs the events of an earlier version. Without it they stay pending. */
	webhookSecret?: string
}

export type Relays = AsyncDisposable & {
	/** Looks for messages now. */
	wake(): void
}

const catalogRelay: RelayOptions = { batchSize: 256, leaseMs: catalogLeaseMs, pollMs: 500 }
const webhookRelay: RelayOptions = { batchSize: 20, leaseMs: webhookLeaseMs, pollMs: 500 }
const webhookDelivery = { timeoutMs: 10_000, mostAttempts: 15, firstRetryMs: 500, largestRetryMs: 3_600_000 }
const housekeepingMs = 60_000

/** One relay for the catalog, and one for each URL that has pending messages of an earlier version. */
export async function startRelays(needs: RelaysNeeds, { webhookSecret = '' }: RelaysOptions): Promise<Relays> {
	const { outbox, commands, log } = needs
	const relayNeeds: RelayNeeds = { claim: outbox.claim, settle: outbox.settle, log }
	const relays = new Map<string, Relay>()
	relays.set(
		catalogDestination,
		startRelay(catalogDestination, deliverCommands({ ...commands, log }), relayNeeds, catalogRelay),
	)

	async function serveUrls(): Promise<void> {
		const destinations = new Set([catalogDestination, ...(await outbox.pendingDestinations())])
		for (const [target, relay] of relays) {
			if (destinations.has(target)) continue
			relays.delete(target)
			await relay[Symbol.asyncDispose]()
		}
		for (const target of destinations) {
			if (relays.has(target) || webhookSecret === '') continue
			const deliver = deliverWebhook(target, { ...webhookDelivery, secret: webhookSecret })
			relays.set(target, startRelay(target, deliver, relayNeeds, webhookRelay))
		}
	}

	async function keepHouse(): Promise<void> {
		await serveUrls()
		await outbox.prune(retentionMs)
	}
	await keepHouse()
	const upkeep = { name: 'serve and prune the outbox', run: keepHouse, intervalMs: housekeepingMs }
	const housekeeping = repeat(upkeep, log)

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
