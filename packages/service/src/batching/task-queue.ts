/** Queues a task, which runs after all tasks before it. */
export type TaskQueue = (task: () => void) => void

export type MeasuredTaskQueue = TaskQueue & {
	/** How many tasks wait at the moment. */
	waiting(): number
}

/**
 * A queue that runs at most `mostPerTurn` tasks in one turn of the event loop. So an answer that arrives meanwhile, for
 * example from the database, does not wait until every request of a burst has run.
 */
export function createTaskQueue(mostPerTurn: number): MeasuredTaskQueue {
	let waiting: (() => void)[] = []

	function runSome(): void {
		const tasks = waiting.slice(0, mostPerTurn)
		waiting = waiting.slice(mostPerTurn)
		if (waiting.length > 0) setImmediate(runSome)
		for (const task of tasks) task()
	}

	function inTurn(task: () => void): void {
		waiting.push(task)
		if (waiting.length === 1) setImmediate(runSome)
	}

	return Object.assign(inTurn, { waiting: () => waiting.length })
}
