export type OpenLoopNeeds = {
	/** Sends the order that was due at this time. False when it cannot be sent now: it is tried again. */
	send(dueAt: number): boolean
	/** Called often, whether something is due or not. */
	tick(): void
	/** Milliseconds from any moment. */
	now(): number
}

export type OpenLoopOptions = { ratePerSecond: number; forMs: number; signal: AbortSignal }

const tickMs = 2

/**
 * Sends at a steady rate, however slow the answers are: an order that cannot be sent in time is sent later. Resolves when
 * the time is over or the signal comes.
 */
export function keepRate({ send, tick, now }: OpenLoopNeeds, { ratePerSecond, forMs, signal }: OpenLoopOptions) {
	const startedAt = now()
	const dueMs = (index: number): number => (1_000 * index) / ratePerSecond
	let sent = 0
	return new Promise<{ unsent: number }>((resolve) => {
		const run = () => {
			const elapsedMs = Math.min(now() - startedAt, forMs)
			tick()
			while (dueMs(sent) < elapsedMs && send(startedAt + dueMs(sent))) sent++
			if (elapsedMs < forMs && !signal.aborted) return void setTimeout(run, tickMs)
			resolve({ unsent: Math.max(0, Math.ceil((elapsedMs * ratePerSecond) / 1_000) - sent) })
		}
		run()
	})
}
