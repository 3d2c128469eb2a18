import { createAlarm } from '@mercat/service/alarm'
import type { Logger } from '@mercat/service/log'
import type { Claim, ClaimedMessage, Deliver, Settlement } from './outbox-message.ts'
import { createRelayReport } from './relay-report.ts'

export type RelayNeeds = {
	claim(destination: string, limit: number, leaseMs: number): Promise<ClaimedMessage[]>
	settle(claim: Claim, settlements: Settlement[]): Promise<void>
	log: Logger
}

export type RelayOptions = {
	batchSize: number
	/** How long a relay keeps the messages that it has claimed. Longer than any attempt takes. */
	leaseMs: number
	/** How often to look for messages of other processes and for messages that are due again. */
	pollMs: number
}

export type Relay = AsyncDisposable & {
	/** Looks for messages now. */
	wake(): void
}

/**
 * Delivers the messages of one destination, each at least once, until it is disposed of. Any number of relays may serve one
 * destination. A slow destination delays no other.
 */
export function startRelay(
	destination: string,
	deliver: Deliver,
	{ claim, settle, log }: RelayNeeds,
	options: RelayOptions,
): Relay {
	const stop = new AbortController()
	const report = createRelayReport(destination, { log })
	let alarm = createAlarm()

	async function run(): Promise<void> {
		while (!stop.signal.aborted) {
			alarm = createAlarm()
			const more = await deliverBatch().catch((error: unknown) => {
				log.error({ err: error, destination }, 'relay failed; it goes on')
				return false
			})
			if (more) continue
			await alarm.wait(options.pollMs)
		}
	}

	/** Whether more messages may be due now. */
	async function deliverBatch(): Promise<boolean> {
		const messages = await claim(destination, options.batchSize, options.leaseMs)
		if (messages.length === 0) return false
		const settlements = await deliver(messages)
		await settle({ destination, messages }, settlements)
		report(messages, settlements)
		return settlements.some(({ outcome }) => outcome !== 'retry')
	}

	const stopped = run()
	return {
		wake: () => alarm.ring(),
		async [Symbol.asyncDispose]() {
			stop.abort()
			alarm.ring()
			await stopped
		},
	}
}
