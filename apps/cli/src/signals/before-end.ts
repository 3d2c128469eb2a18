const works = new Set<() => void>()

/** Does the work when the process ends, also when a signal ends it, unless it is disposed before. */
export function beforeEnd(work: () => void): Disposable {
	if (works.size === 0) process.on('exit', doWorks).on('SIGQUIT', endBySignal)
	works.add(work)
	return {
		[Symbol.dispose]() {
			works.delete(work)
			if (works.size === 0) process.off('exit', doWorks).off('SIGQUIT', endBySignal)
		},
	}
}

/** Ends the process as the signal does by itself, after the work that must be done before. */
export function endBySignal(signal: NodeJS.Signals): void {
	doWorks()
	process.removeAllListeners(signal)
	process.kill(process.pid, signal)
}

function doWorks(): void {
	for (const work of works) work()
}
