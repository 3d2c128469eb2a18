import { setTimeout as sleep } from 'node:timers/promises'
import { Gauge } from '../telemetry/metrics.ts'
import type { Readiness } from './readiness.ts'

// Less than a scrape waits: 10 s, and 4 s for the answer of a worker.
const readinessMs = 2_000

let check: (() => Promise<boolean>) | undefined

const gauge = new Gauge({
	name: 'mercat_ready',
	help: 'Whether the process is ready: 1, or 0 when it misses anything or does not know within two seconds',
	// A worker that is not ready must not hide behind one that is.
	aggregator: 'min',
	async collect() {
		if (check === undefined) return
		const isReady = await Promise.race([check().catch(() => false), sleep(readinessMs, false)])
		// It may have stopped meanwhile.
		if (check !== undefined) gauge.set(isReady ? 1 : 0)
	},
})
gauge.remove()

/**
 * Checks the readiness at each scrape until the result is disposed of. In a process with several services the last one shows
 * its readiness.
 */
export function showReadiness({ missing }: Pick<Readiness, 'missing'>): Disposable {
	const own = async () => (await missing()).length === 0
	check = own
	return {
		[Symbol.dispose]() {
			if (check !== own) return
			check = undefined
			gauge.remove()
		},
	}
}
