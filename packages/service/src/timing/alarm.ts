/** Something to wait for, that others may ring at any time. A ring that nobody waited for ends the next wait. */
export type Alarm = {
	ring(): void
	/** Resolves after `ms`, or when the alarm rings. */
	wait(ms: number): Promise<void>
}

export function createAlarm(): Alarm {
	let bell = Promise.withResolvers<void>()
	return {
		ring: () => bell.resolve(),
		async wait(ms) {
			const timer = setTimeout(() => bell.resolve(), ms)
			await bell.promise
			clearTimeout(timer)
			bell = Promise.withResolvers()
		},
	}
}
