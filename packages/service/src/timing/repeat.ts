import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../logging/log.ts'

/** Runs `task` every `intervalMs` until the result is disposed of. A failure is logged, and the task runs again. */
export function repeat(task: () => Promise<unknown>, intervalMs: number, log: Logger): AsyncDisposable {
	const stop = new AbortController()
	const stopped = (async () => {
		while (!stop.signal.aborted) {
			await sleep(intervalMs, undefined, { signal: stop.signal }).catch(() => {})
			if (stop.signal.aborted) return
			await task().catch((error) => log.error({ err: error, task: task.name }, 'background task failed'))
		}
	})()
	return {
		async [Symbol.asyncDispose]() {
			stop.abort()
			await stopped
		},
	}
}
