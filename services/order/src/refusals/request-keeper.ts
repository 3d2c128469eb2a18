import { randomInt } from 'node:crypto'
import { type Budget, createBudget } from '@mercat/service/budget'
import { drainBatches } from '@mercat/service/drain-batches'
import type { Logger } from '@mercat/service/log'
import { Counter } from '@mercat/service/metrics'
import { repeat } from '@mercat/service/repeat'
import { describeRequest, type NotedRequest } from './describe-request.ts'
import { type KeptRequest, keptMs, type Loss, mostKept } from './kept-request.ts'
import { createShares } from './shares.ts'

export type RequestKeeperNeeds = {
	/**
	 * Stores records, and that more are lost, each once. Returns whether they are stored: false when a value of a record does
	 * not fit, so that another attempt would fail as well.
	 */
	keep(records: KeptRequest[], loss: Loss | undefined, budget: Budget): Promise<boolean>
	/** Deletes up to `limit` records that are older than `keptMs` or are not among the newest `mostKept`. Returns how many. */
	prune(keptMs: number, mostKept: number, limit: number): Promise<number>
	log: Logger
}

export type RequestKeeperOptions = {
	/** The least time between two statements. */
	intervalMs?: number
	/** How many records may wait. */
	mostWaiting?: number
}

export type RequestKeeper = AsyncDisposable & {
	/** Keeps a request, or counts it as lost when there are too many. */
	note(request: NotedRequest): void
	/** Writes what waits, without the pause between two statements. Ends also when it cannot be written. */
	flush(): Promise<void>
}

// A process has a number of its own, by which its losses are told from the ones of others.
const largestKeeper = 2 ** 31
const statementMs = 500
const minuteMs = 60_000
// Refusals at the same moment share a statement, also after a pause.
const gatherMs = 50
const pruneIntervalMs = 60_000
const prunedAtOnce = 5_000
const shareOfSource = { burst: 100, perMinute: 10 }
const shareOfNobody = { burst: 500, perMinute: 60 }

const refusalsDropped = new Counter({
	name: 'mercat_refusals_dropped_total',
	help: 'Refused and repeated requests that this process has not kept for GET /v1/refusals, because there were too many',
})

/**
 * Keeps the requests about orders that have changed nothing, off the way of the requests: a statement, at most each second,
 * writes what waits. Too many requests are dropped and counted. A source has a share of the room, and the requests of all sources
 * without a valid token have half of it, so that a flood leaves room for the requests of others.
 */
export function startRequestKeeper(
	{ keep, prune, log }: RequestKeeperNeeds,
	{ intervalMs = 1_000, mostWaiting = 500 }: RequestKeeperOptions = {},
): RequestKeeper {
	const takeShare = createShares(shareOfSource)
	const takeShareOfNobody = createShares(shareOfNobody)
	const keeper = randomInt(1, largestKeeper)
	let waiting: KeptRequest[] = []
	let lost = 0
	// A loss that is sent stays the same until it is stored, so that a repeated statement does not add it again.
	let sent: Loss | undefined
	let writes = 0
	let timer: NodeJS.Timeout | undefined
	let writing: Promise<void> | undefined
	let startedAt = Number.NEGATIVE_INFINITY
	let hasFailed = false

	function hasRoom({ customer, address, problem }: NotedRequest): boolean {
		if (waiting.length >= (customer === undefined ? mostWaiting / 2 : mostWaiting)) return false
		if (customer === undefined) return takeShare(`address ${address}`) && takeShareOfNobody('')
		// Copies that are answered as before do not use up what is there for refusals.
		return takeShare(problem === undefined ? `copies of ${customer}` : customer)
	}

	function drop(count: number): void {
		lost += count
		refusalsDropped.inc(count)
	}

	/** Writes what waits now. When a record does not fit, smaller and smaller parts find it, so that it does not cost the others. */
	async function write(): Promise<void> {
		startedAt = performance.now()
		const budget = createBudget(statementMs)
		try {
			let left = waiting.length
			let size = left
			do {
				const records = waiting.slice(0, size)
				if (await keep(records, nextLoss(), budget)) sent = undefined
				else if (records.length > 1) {
					size = Math.ceil(size / 2)
					continue
				} else drop(records.length)
				waiting = waiting.slice(records.length)
				left -= records.length
				size = left
			} while (left > 0)
			hasFailed = false
		} catch (error) {
			if (!hasFailed) log.error({ err: error }, 'refused requests cannot be kept; this goes on')
			hasFailed = true
		}
	}

	function nextLoss(): Loss | undefined {
		if (sent === undefined && lost > 0) {
			writes++
			sent = { keeper, write: writes, minute: minuteOf(Date.now()), requests: lost }
			lost = 0
		}
		return sent
	}

	const mustWrite = () => waiting.length > 0 || lost > 0 || sent !== undefined

	/** Writes after the statement that is under way. Two who ask for it at the same time share it. */
	async function writeNext(): Promise<void> {
		await writing
		writing ??= write().finally(() => {
			writing = undefined
		})
		await writing
	}

	function writeSoon(): void {
		timer ??= setTimeout(
			async () => {
				await writeNext()
				timer = undefined
				if (mustWrite()) writeSoon()
			},
			Math.max(gatherMs, startedAt + intervalMs - performance.now()),
		)
	}

	const pruneOld = () => drainBatches(prunedAtOnce, (limit) => prune(keptMs, mostKept, limit))
	const pruning = repeat({ name: 'prune refused requests', run: pruneOld, intervalMs: pruneIntervalMs }, log)
	return {
		note(request) {
			if (hasRoom(request)) waiting.push(describeRequest(request, Date.now()))
			else drop(1)
			writeSoon()
		},
		async flush() {
			if (mustWrite()) await writeNext()
		},
		async [Symbol.asyncDispose]() {
			clearTimeout(timer)
			await Promise.all([pruning[Symbol.asyncDispose](), writing])
			// The end of a statement has set it again.
			clearTimeout(timer)
			if (mustWrite()) await writeNext()
		},
	}
}

function minuteOf(at: number): string {
	return new Date(at - (at % minuteMs)).toISOString()
}
