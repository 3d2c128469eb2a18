import { setTimeout as sleep } from 'node:timers/promises'
import type { Percentiles } from '../load/latencies.ts'
import { type Bench, fileNameOf, throwIfInterrupted } from '../running/bench.ts'
import { type BenchProcess, startProcess } from '../running/bench-process.ts'
import type { DeliveryCount } from './delivery-ledger.ts'
import type { Behaviour } from './receiver-server.ts'

/** The receivers of webhooks of all contestants, in a process of their own. */
export type Receivers = BenchProcess & {
	counts(names: string[]): Promise<DeliveryCount[]>
	/** The delays of the events that have arrived at these receivers since the last call. */
	takeDelays(names: string[]): Promise<Percentiles>
	/**
	 * Waits until each receiver has received this number of events. Gives up when none has arrived for half a minute.
	 *
	 * @returns when the last of them arrived, in ms since the epoch; Infinity when some are missing
	 */
	untilReceived(names: string[], events: number): Promise<number>
}

const pollMs = 20
const longestSilenceMs = 30_000

export async function startReceivers(bench: Pick<Bench, 'interruption'>): Promise<Receivers> {
	const process = await startProcess({ role: 'receivers', entryPoint: import.meta.resolve('./receivers.ts') })

	async function ask<Answer>(method: string, path: string): Promise<Answer> {
		const response = await fetch(`http://${process.address}/${path}`, { method })
		return (await response.json()) as Answer
	}
	const counts = (names: string[]) => ask<DeliveryCount[]>('GET', `counts?${names.join('&')}`)

	return {
		...process,
		counts,
		takeDelays: (names) => ask<Percentiles>('POST', `delays?${names.join('&')}`),
		async untilReceived(names, events) {
			let least = -1
			let grewAt = performance.now()
			while (performance.now() - grewAt < longestSilenceMs) {
				const seen = await counts(names)
				const now = Math.min(...seen.map((count) => count.events))
				if (now >= events) return Math.max(...seen.map(({ lastNewAt = 0 }) => lastNewAt))
				if (now > least) grewAt = performance.now()
				least = Math.max(least, now)
				await throwIfInterrupted(bench)
				await sleep(pollMs)
			}
			return Number.POSITIVE_INFINITY
		},
	}
}

/** Safe names for the receivers of a contestant. */
export function receiverNames(contestant: string, count: number): string[] {
	return Array.from({ length: count }, (_, index) => `${fileNameOf(contestant)}.${index}`)
}

export function webhookUrl({ address }: BenchProcess, behaviour: Behaviour, receiver: string): string {
	return `http://${address}/${behaviour}/${receiver}`
}
