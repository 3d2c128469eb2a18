import type { TraceContext } from '../telemetry/tracing.ts'
import { type Budget, createBudget } from '../timing/budget.ts'
import { createBatchInstruments } from './batch-instruments.ts'
import { startBatchSpan } from './batch-span.ts'

/** An item that waits for its batch. */
type Waiting<Item, Result> = {
	item: Item
	/** Both times are on the clock of `performance.now()`. */
	since: number
	deadline: number
	signal: AbortSignal | undefined
	trace: TraceContext | undefined
	resolve(result: Result): void
	reject(error: unknown): void
}

export type BatcherOptions<Item, Result> = {
	/** The name of its batches in spans and metrics, such as "insert orders". */
	name: string
	/** Does the work of all items. Resolves to one result each, in their order: an Error for an item that failed alone. */
	run(items: Item[], budget: Budget): Promise<(Result | Error)[]>
	/** The weight of an item, such as its number of lines. Every item has the weight 1 unless given. */
	weigh?(item: Item): number
	/**
	 * Schedules `go`, which starts the next batches. So it decides which items share a batch when no batch is running:
	 * with `setImmediate`, all items of one turn of the event loop, such as requests from many sockets; with
	 * `process.nextTick`, all items of one callback; with a {@link TaskQueue}, all items of the queue.
	 */
	gather(go: () => void): void
	mostItems: number
	mostWeight?: number
	/** How many batches may run at the same time. */
	mostBatches: number
	/** How many items may wait. The batcher refuses further items. */
	mostWaiting: number
	/** Whether one item caused the error. Then each item of the batch runs alone, so that only the faulty item fails. */
	isItemsFault(error: unknown): boolean
	/** The error for an item when too many items wait. */
	overloaded(): Error
	/** The error for an item that cannot finish before its deadline. */
	outOfTime(): Error
}

/**
 * @param budget how long the caller waits. Its signal removes a waiting item; it has no effect after the item's batch
 * has started. The span of its trace and that of the batch are linked.
 */
export type Batcher<Item, Result> = (
	item: Item,
	budget: Pick<Budget, 'deadline' | 'signal' | 'trace'>,
) => Promise<Result>

/**
 * Collects items into batches, without a timer: a single item starts at once, and while `mostBatches` batches run, the
 * next batch fills up. A batch has time until the latest deadline of its items. An item that would have to wait is
 * refused when it has less time left than recent batches took.
 */
export function createBatcher<Item, Result>(options: BatcherOptions<Item, Result>): Batcher<Item, Result> {
	const {
		name,
		run,
		weigh = () => 1,
		gather,
		mostItems,
		mostWeight = Number.POSITIVE_INFINITY,
		mostBatches,
		mostWaiting,
	} = options
	let waiting: Waiting<Item, Result>[] = []
	let running = 0
	let recentBatchMs = 0
	let isPumpDue = false
	const instruments = createBatchInstruments(name, () => waiting.length)

	// Rejects waiting items whose caller has left or whose deadline is over.
	function dropGone(): void {
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
		const items = batch.map(({ item }) => item)
		instruments.started(batch.length)
		for (const { since } of batch) instruments.waited(startedAt - since)
		const span = startBatchSpan(
			name,
			batch.map(({ trace }) => trace),
		)
		const budget = createBudget(deadline - startedAt, { startedAt, trace: span.trace })
		let failure: unknown
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
			if (!options.isItemsFault(error)) failure = error
			for (const { reject } of batch) reject(error)
		} finally {
			span.end(failure)
			// A moving average, so that one slow batch does not make the batcher refuse every item.
			recentBatchMs = 0.8 * recentBatchMs + 0.2 * (performance.now() - startedAt)
			running--
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
		if (isPumpDue || waiting.length === 0 || running === mostBatches) return
		isPumpDue = true
		gather(pump)
	}

	function pump(): void {
		isPumpDue = false
		dropGone()
		while (running < mostBatches && waiting.length > 0) {
			running++
			void runBatch(takeBatch())
		}
	}

	return (item, { deadline, signal, trace }) => {
		if (signal?.aborted) return Promise.reject(signal.reason)
		const since = performance.now()
		const mustWait = running >= mostBatches
		if (mustWait && deadline - since < recentBatchMs) return Promise.reject(options.outOfTime())
		if (waiting.length >= mostWaiting) return Promise.reject(options.overloaded())
		return new Promise<Result>((resolve, reject) => {
			waiting.push({ item, since, deadline, signal, trace, resolve, reject })
			pumpSoon()
		})
	}
}
