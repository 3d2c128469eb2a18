import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../logging/log.ts'

export type BackgroundTask = {
	/** The name in the log, such as "expire overdue orders". */
	name: string
	run(): Promise<unknown>
	intervalMs: number
}

/** Runs the task again and again until the result is disposed of. A failure is logged, and the task runs again. */
export function repeat({ name, run, intervalMs }: BackgroundTask, log: Pick<Logger, 'error'>): AsyncDisposable {
	const stop = new AbortController()
	const stopped = (async () => {
		while (!stop.signal.aborted) {
			await sleep(intervalMs, undefined, { signal: stop.signal }).catch(() => {})
			if (stop.signal.aborted) return
			await run().catch((err) => log.error({ err, task: name }, 'background task failed'))
		}
	})()
	return {
		async [Symbol.asyncDispose]() {
			stop.abort()
			await stopped
		},
	}
}
