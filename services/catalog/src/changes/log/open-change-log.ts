import { openLogTail } from '@mercat/event-log/log-tail'
import { createLogWriterMetrics, startLogWriter } from '@mercat/event-log/log-writer'
import type { Logger } from '@mercat/service/log'
import type { ChangeEntry } from './change-entry.ts'
import type { ChangeLog, LogPlaces, SettledLog } from './change-log.ts'
import { createLogEnd, type LogEndNeeds } from './log-end.ts'

export type OpenChangeLogNeeds = LogEndNeeds & {
	/** All entries after one position up to another. */
	readBlock(after: number, upTo: number): Promise<ChangeEntry[]>
	findPlaces(positions: readonly number[]): Promise<LogPlaces>
	/** Deletes up to `limit` entries that are older than `retentionMs`. Returns how many. */
	prune(retentionMs: number, limit: number): Promise<number>
	/** Frees the room of deleted and numbered entries, where the database does not do it by itself. */
	vacuumLog(): Promise<void>
	log: Pick<Logger, 'error' | 'warn'>
}

export type OpenChangeLogOptions<Event extends { position: number }> = {
	retentionMs: number
	/** Makes of each entry what the readers of this process share. */
	toEvent(entry: ChangeEntry): Event
	/** About how many bytes of memory an event takes: an integer. */
	sizeOf(event: Event): number
}

type Waiter = { after: number; resolve(settled: SettledLog): void; reject(error: Error): void }

const entriesInRun = 500
// Prices are told in a fraction of a second.
const restMs = 50
// An entry has about 256 KB at most.
const positionsPerBlock = 32
const mostCachedBytes = 32 * 1024 * 1024
// Deleting a large entry takes about a millisecond.
const prunedInStatement = 200

const metrics = createLogWriterMetrics({ prefix: 'mercat_product_change', subject: 'change' })

/** Opens the log of product changes. Its writer runs until the result is disposed of. */
export async function openChangeLog<Event extends { position: number }>(
	{ log, ...store }: OpenChangeLogNeeds,
	{ retentionMs, toEvent, sizeOf }: OpenChangeLogOptions<Event>,
): Promise<ChangeLog<Event> & AsyncDisposable> {
	await using opened = new AsyncDisposableStack()
	const end = createLogEnd(store)
	const listeners = new Set<(settled: SettledLog) => void>()
	let waiters: Waiter[] = []
	let toldRun = 0

	async function assign() {
		const { entries, last, ...run } = await end.assign(entriesInRun)
		return { ...run, events: entries, lastPosition: last }
	}

	async function prune(limit: number): Promise<number> {
		let pruned = 0
		let more = prunedInStatement
		while (pruned < limit && more === prunedInStatement) {
			more = await store.prune(retentionMs, prunedInStatement)
			pruned += more
		}
		await store.vacuumLog()
		return pruned
	}

	function tellSettled(): void {
		const settled = end.settled()
		const run = end.settledRun()
		if (settled === undefined || run === toldRun) return
		toldRun = run
		const served = waiters.filter(({ after }) => after < run)
		waiters = waiters.filter(({ after }) => after >= run)
		for (const { resolve } of served) resolve(settled)
		for (const listener of [...listeners]) listener(settled)
	}

	opened.defer(() => {
		for (const { reject } of waiters) reject(new Error('the log of product changes is closed'))
	})
	const writer = opened.use(startLogWriter({ assign, prune, metrics, log }, { name: 'product changes', restMs }))
	const tail = opened.use(
		await openLogTail<Event>(
			{
				ends: end.ends,
				readBlock: async (after, upTo) => (await store.readBlock(after, upTo)).map(toEvent),
				onPositions: writer.onPositions,
			},
			{ sizeOf, positionsPerBlock, mostCachedBytes },
		),
	)
	end.whenLost((last) => {
		log.warn({ last }, 'the database was put back: streams of product changes begin anew')
		tail.reset(last)
	})
	// After the tail has heard of the positions.
	opened.defer(writer.onPositions(tellSettled))
	const resources = opened.move()
	return {
		tail,
		settled: end.settled,
		onSettled(listener) {
			listeners.add(listener)
			return () => void listeners.delete(listener)
		},
		settle() {
			const { promise, resolve, reject } = Promise.withResolvers<SettledLog>()
			waiters.push({ after: end.begunRuns(), resolve, reject })
			writer.wake()
			return promise
		},
		findPlaces: store.findPlaces,
		wake: writer.wake,
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}
