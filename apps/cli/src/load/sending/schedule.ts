/** Tasks that wait for their time. */
export type Schedule = {
	after(ms: number, task: () => void): void
	/** Runs the tasks whose time has come. */
	runDue(): void
}

const tickMs = 50

/**
 * Keeps the tasks of one tick together: a load has tens of thousands of them, and a timer for each would cost more.
 *
 * @param now milliseconds from any moment
 */
export function createSchedule(now: () => number): Schedule {
	const tickOf = (ms: number) => Math.ceil(ms / tickMs)
	const ticks = new Map<number, (() => void)[]>()
	let next = tickOf(now())
	return {
		after(ms, task) {
			const tick = Math.max(next, tickOf(now() + ms))
			const tasks = ticks.get(tick)
			if (tasks === undefined) ticks.set(tick, [task])
			else tasks.push(task)
		},
		runDue() {
			for (const last = Math.floor(now() / tickMs); next <= last; next++) {
				const tasks = ticks.get(next) ?? []
				ticks.delete(next)
				for (const task of tasks) task()
			}
		},
	}
}
