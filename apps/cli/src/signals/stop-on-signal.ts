import { againText, endInterrupted, onStopSignal } from './stop-signal.ts'

/** Is aborted by the first Ctrl-C. */
export function stopOnSignal(): AbortSignal {
	const stop = new AbortController()
	onStopSignal({
		first() {
			console.error(`mercat: stopping; ${againText}`)
			stop.abort()
		},
		again: endInterrupted,
	})
	return stop.signal
}
