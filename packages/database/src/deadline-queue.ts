import { DatabaseUnavailableError } from './statements/errors.ts'

export type DeadlineQueue = {
	/**
	 * Runs `work` alone, when its turn has come.
	 *
	 * @param deadline on the clock of `performance.now()`; Infinity for work that nobody waits for
	 * @throws DatabaseUnavailableError when no turn comes in time
	 */
	run<T>(deadline: number, work: () => Promise<T>): Promise<T>
	/** How many wait for their turn. */
	readonly size: number
}

type Waiting = { deadline: number; enter(): void }

// A search has so many statements. Work without a deadline goes on, however many requests come.
const mostPasses = 4

/**
 * The order in which statements and transactions get the only connection of the embedded database: the earliest deadline first. So a
 * request does not wait behind imports and work in the background, which have no deadline. The one that has waited longest is passed by
 * a few others at most.
 */
export function createDeadlineQueue({ longestWaitMs = 5_000 }: { longestWaitMs?: number } = {}): DeadlineQueue {
	const waiting: Waiting[] = []
	let isTaken = false
	/** How often the first that waits was passed. */
	let passes = 0

	function enter(deadline: number): Promise<void> {
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => {
				waiting.splice(waiting.indexOf(entry), 1)
				reject(new DatabaseUnavailableError(new Error(`no turn within ${longestWaitMs} ms`), false))
			}, longestWaitMs)
			const entry: Waiting = {
				deadline,
				enter() {
					clearTimeout(timer)
					resolve()
				},
			}
			waiting.push(entry)
			if (!isTaken) admitNext()
		})
	}

	/**
	 * PGlite runs on this thread, so timers and sockets get a turn of the event loop first. A request that has just got its rows asks
	 * for more of them meanwhile, and does not lose its place.
	 */
	function admitNext(): void {
		isTaken = true
		setImmediate(() => {
			const next = takeNext()
			if (next === undefined) isTaken = false
			else next.enter()
		})
	}

	function takeNext(): Waiting | undefined {
		let next = 0
		if (passes < mostPasses) {
			for (const [place, { deadline }] of waiting.entries())
				if (deadline < (waiting[next] as Waiting).deadline) next = place
		}
		passes = next === 0 ? 0 : passes + 1
		return waiting.splice(next, 1)[0]
	}

	return {
		async run(deadline, work) {
			await enter(deadline)
			try {
				return await work()
			} finally {
				admitNext()
			}
		},
		get size() {
			return waiting.length
		},
	}
}
