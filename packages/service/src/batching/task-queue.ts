/** Runs the task soon, after all that were given before. */
export type TaskQueue = (task: () => void) => void

/**
 * Runs no more than `mostPerTurn` tasks in one turn of the event loop, so that what arrives meanwhile, such as the
 * answer of a database, is not kept waiting until the last request of a burst has been handled.
 */
export function createTaskQueue(mostPerTurn: number): TaskQueue {
	let waiting: (() => void)[] = []

	function runSome(): void {
		const tasks = waiting.slice(0, mostPerTurn)
		waiting = waiting.slice(mostPerTurn)
		if (waiting.length > 0) setImmediate(runSome)
		for (const task of tasks) task()
	}

	return (task) => {
		waiting.push(task)
		if (waiting.length === 1) setImmediate(runSome)
	}
}
