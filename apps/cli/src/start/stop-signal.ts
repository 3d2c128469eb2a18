// From a terminal, one Ctrl-C can come twice: to the process group, and passed on by npx.
const sameSignalMs = 1_000

/** Calls `first` on the first signal to stop, and `again` on one that is sent later because stopping takes too long. */
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
