import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

// A module that Node loads before the command. At the end it writes to the file of its query how late the event loop ran.
const resolutionMs = 1
const file = new URL(import.meta.url).searchParams.get('file')
if (isMainThread && file !== null) {
	const delays = monitorEventLoopDelay({ resolution: resolutionMs })
	delays.enable()
	process.on('exit', () => {
		// Node measures the time from tick to tick, of which the resolution is no delay.
		const p99Ms = Math.max(0, delays.percentile(99) / 1e6 - resolutionMs)
		writeFileSync(file, JSON.stringify({ p99Ms }))
	})
}
