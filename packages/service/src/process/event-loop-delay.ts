import { monitorEventLoopDelay } from 'node:perf_hooks'

const resolutionMs = 20

/** How late the event loop runs. The measurement takes about no CPU time, but none at all is taken while it is stopped. */
export type EventLoopDelay = {
	/** The longest delay since the last look, in milliseconds. The first look starts the measurement and has 0. */
	lookMs(): number
	stop(): void
}

export function createEventLoopDelay(): EventLoopDelay {
	const delays = monitorEventLoopDelay({ resolution: resolutionMs })
	return {
		lookMs() {
			const isFirst = delays.enable()
			// Node measures the time from tick to tick, of which the resolution is no delay.
			const longestMs = isFirst || delays.count === 0 ? 0 : Math.max(0, delays.max / 1e6 - resolutionMs)
			delays.reset()
			return longestMs
		},
		stop: () => void delays.disable(),
	}
}
