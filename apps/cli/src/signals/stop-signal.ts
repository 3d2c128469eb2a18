import { endBySignal } from './before-end.ts'

/** The exit code of a command that a signal has stopped, as shells tell it of Ctrl-C. */
export const interruptedExitCode = 130

// One Ctrl-C in a terminal can arrive twice: the process group gets it, and npx passes it on.
const sameSignalMs = 1_000

/**
 * Ends the process as a second Ctrl-C does, with the exit code of an interrupted command. `process.exit` would wait for a
 * read of a pipe that has no more data.
 */
export function endInterrupted(): Promise<never> {
	endBySignal('SIGINT')
	return new Promise(() => {})
}

/** Tells in messages how to end a command at once. */
export const againText = 'a second Ctrl-C more than a second later stops at once'

/** Calls `first` on the first signal to stop, and `again` on a second signal more than a second later. */
export function onStopSignal({ first, again }: { first: () => void; again: () => void }): void {
	let firstAt: number | undefined
	const onSignal = () => {
		if (firstAt === undefined) {
			firstAt = performance.now()
			first()
		} else if (performance.now() - firstAt > sameSignalMs) {
			again()
		}
	}
	process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal)
}
