import { setTimeout as sleep } from 'node:timers/promises'

// Of the time between two runs, so that many feeds and commands do not run at the same moment.
const jitterShare = 0.1

/** Runs again and again until the signal. A run begins the interval after the last one began, and never before that has ended. */
export async function repeatRun(run: () => Promise<void>, everyMs: number, signal: AbortSignal): Promise<void> {
	while (!signal.aborted) {
		const startedAt = performance.now()
		await run()
		const waitMs = everyMs * (1 + jitterShare * (Math.random() - 0.5)) - (performance.now() - startedAt)
		await sleep(Math.max(waitMs, 0), undefined, { signal }).catch(() => {})
	}
}
