import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '@mercat/service/log'
import type { ClaimedMessage, Settlement } from './outbox-store.ts'

/** Attempts to deliver a batch of messages, and says what came of each. */
export type Deliver = (messages: ClaimedMessage[]) => Promise<Settlement[]>

export type RelayNeeds = {
	claim(destination: string, limit: number, leaseMs: number): Promise<ClaimedMessage[]>
	settle(settlements: Settlement[]): Promise<void>
	log: Logger
}

export type RelayOptions = {
	batchSize: number
	/** How long a message is left to the relay that claimed it; longer than any attempt takes. */
	leaseMs: number
	/** How often to look for what other processes wrote, and for what is due again. */
	pollMs: number
}

export type Relay = AsyncDisposable & {
	/** There is something to deliver now. */
	wake(): void
}

/**
 * Delivers what the outbox owes to one destination, at least once each, until it is disposed of. Any
 * number of relays may serve the same destination; a slow or dead one holds up no other.
 */
export function startRelay(
	destination: string,
	deliver: Deliver,
	{ claim, settle, log }: RelayNeeds,
	options: RelayOptions,
): Relay {
	const stop = new AbortController()
	let alarm = new AbortController()

	async function run(): Promise<void> {
		while (!stop.signal.aborted) {
			alarm = new AbortController()
			const more = await deliverBatch().catch((error: unknown) => {
				log.error({ err: error, destination }, 'relay failed; it goes on')
				return false
			})
			if (more) continue
			await sleep(options.pollMs, undefined, { signal: AbortSignal.any([alarm.signal, stop.signal]) }).catch(() => {})
		}
	}

	// Whether there may be more to deliver at once.
	async function deliverBatch(): Promise<boolean> {
		const messages = await claim(destination, options.batchSize, options.leaseMs)
		if (messages.length === 0) return false
		const settlements = await deliver(messages)
		await settle(settlements)
		return settlements.some(({ outcome }) => outcome !== 'retry')
	}

	const stopped = run()
	return {
		wake: () => alarm.abort(),
		async [Symbol.asyncDispose]() {
			stop.abort()
			await stopped
		},
	}
}
