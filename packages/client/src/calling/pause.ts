/** Resolves after `ms`. Rejects with the reason of the signal when it aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const stop = () => {
			clearTimeout(timer)
			reject(signal.reason)
		}
		const timer = setTimeout(() => {
			signal.removeEventListener('abort', stop)
			resolve()
		}, ms)
		if (signal.aborted) stop()
		else signal.addEventListener('abort', stop, { once: true })
	})
}
