import { type Budget, createBudget } from '../timing/budget.ts'

/** A request waiting for its batch. */
type Waiting<Item, Result> = {
	item: Item
	/** On the clock of `performance.now()`. */
	deadline: number
	signal: AbortSignal | undefined
	resolve(result: Result): void
	reject(error: unknown): void
}

export type BatcherOptions<Item, Result> = {
	/** Does the work of all items at once; gives the result of each, in their order, an Error for one that failed by itself. */
	run(items: Item[], budget: Budget): Promise<(Result | Error)[]>
	/** How much of `mostWeight` an item takes, such as its lines; 1 unless given. */
	weigh?(item: Item): number
	/**
	 * Lets a batch go, and so tells what goes together when nothing is under way: with `setImmediate` all that comes in one
	 * turn of the event loop, such as what is read from many sockets; with `process.nextTick` what comes of one event, such
	 * as all that one answer lets go on; with a {@link TaskQueue} what waits in it.
	 */
	gather(go: () => void): void
	mostItems: number
	mostWeight?: number
	/** Batches under way at the same time. */
	mostBatches: number
	/** Items waiting, above which more are refused. */
	mostWaiting: number
	/** Whether an error is the fault of some item: then each runs by itself, so that only the culprit fails. */
	isItemsFault(error: unknown): boolean
	/** What an item is refused with when too many are waiting. */
	overloaded(): Error
	/** What an item is refused with that could not be finished in time. */
	outOfTime(): Error
}

/**
 * @param budget until when the caller waits; its signal takes the item out of the queue, and is ignored once the item's
 * batch has begun
 */
export type Batcher<Item, Result> = (item: Item, budget: Pick<Budget, 'deadline' | 'signal'>) => Promise<Result>

/**
 * Gathers what is asked for at the same moment into batches. It is clocked by itself: an item alone
 * goes at once; while batches are under way the next one gathers. A batch may take until the deadline
 * of its longest-lived member, and an item is not admitted that has less time left than a recent batch took.
 */
export function createBatcher<Item, Result>(options: BatcherOptions<Item, Result>): Batcher<Item, Result> {
	const {
		run,
		weigh = () => 1,
		gather,
		mostItems,
		mostWeight = Number.POSITIVE_INFINITY,
		mostBatches,
		mostWaiting,
	} = options
	let waiting: Waiting<Item, Result>[] = []
	let underWay = 0
	let recentBatchMs = 0
	let isPumpDue = false

	// Those who have left, and those for whom any answer would come too late.
	function dropTheGone(): void {
		const now = performance.now()
		waiting = waiting.filter(({ deadline, signal, reject }) => {
			if (signal?.aborted) reject(signal.reason)
			else if (deadline <= now) reject(options.outOfTime())
			else return true
			return false
		})
	}

	function takeBatch(): Waiting<Item, Result>[] {
		let count = 0
		let weight = 0
		for (const { item } of waiting) {
			weight += weigh(item)
			if (count > 0 && (count === mostItems || weight > mostWeight)) break
			count++
		}
		const batch = waiting.slice(0, count)
		waiting = waiting.slice(count)
		return batch
	}

	async function runBatch(batch: Waiting<Item, Result>[]): Promise<void> {
		const startedAt = performance.now()
		const deadline = Math.max(...batch.map((member) => member.deadline))
		const budget = createBudget(deadline - startedAt, { startedAt })
		const items = batch.map(({ item }) => item)
		try {
			const results = await run(items, budget).catch((error) => {
				if (items.length === 1 || !options.isItemsFault(error)) throw error
				return runEach(items, budget)
			})
			for (const [index, { resolve, reject }] of batch.entries()) {
				const result = results[index] as Result | Error
				if (result instanceof Error) reject(result)
				else resolve(result)
			}
		} catch (error) {
			for (const { reject } of batch) reject(error)
		} finally {
			// Follows what batches take, without one slow batch shutting everyone out.
			recentBatchMs = 0.8 * recentBatchMs + 0.2 * (performance.now() - startedAt)
			underWay--
			pumpSoon()
		}
	}

	async function runEach(items: Item[], budget: Budget): Promise<(Result | Error)[]> {
		const results: (Result | Error)[] = []
		for (const item of items) {
			const [result] = await run([item], budget).catch((error: Error) => [error])
			results.push(result as Result | Error)
		}
		return results
	}

	function pumpSoon(): void {
		if (isPumpDue || waiting.length === 0 || underWay === mostBatches) return
		isPumpDue = true
		gather(pump)
	}

	function pump(): void {
		isPumpDue = false
		dropTheGone()
		while (underWay < mostBatches && waiting.length > 0) {
			underWay++
			void runBatch(takeBatch())
		}
	}

	return (item, { deadline, signal }) => {
		if (signal?.aborted) return Promise.reject(signal.reason)
		const mustWait = underWay >= mostBatches
		if (mustWait && deadline - performance.now() < recentBatchMs) return Promise.reject(options.outOfTime())
		if (waiting.length >= mostWaiting) return Promise.reject(options.overloaded())
		return new Promise<Result>((resolve, reject) => {
			waiting.push({ item, deadline, signal, resolve, reject })
			pumpSoon()
		})
	}
}
