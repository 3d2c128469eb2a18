import { clockStepMs, goesOnFrom, snapshotBefore } from '@mercat/database/snapshot'
import { createReadLimit } from '@mercat/event-log/read-limit'
import type { Logger } from '@mercat/service/log'
import { repeat } from '@mercat/service/repeat'
import type { Availability, StockLook } from './availability.ts'
import { createAvailabilityMemory } from './availability-memory.ts'
import { type LookBackNeeds, type LookBackOptions, type LookedBack, lookBack } from './look-back.ts'
import type { StockBeginning, StockChanges, StockMoment } from './stock-changes.ts'

export type FollowStockNeeds = LookBackNeeds & {
	/** @param recentMs within this time the last look through the stock must have begun, or what has changed is not known */
	readBeginning(recentMs: number): Promise<StockBeginning>
	/** What was committed since a snapshot. */
	readChanges(since: string): Promise<StockChanges>
	/** The next quantities behind a sku, in the order of their skus. */
	readQuantitiesAfter(sku: string, limit: number): Promise<StockLook>
	log: Pick<Logger, 'error'>
}

export type FollowStockOptions = {
	intervalMs?: number
	/** How long the process goes on after the last one who followed has left. */
	lingerMs?: number
	/** How many products are remembered. */
	most?: number
	/** How far a process looks back that begins to follow. */
	back?: LookBackOptions
}

export type FollowedStock = Availability &
	AsyncDisposable & {
		/** The snapshot since which the process follows. Undefined while it does not. */
		followedSince(): string | undefined
	}

// With the notes of stock, which wait for 250 ms, a quantity is told within a second. Each poll tells each product once at most.
const pollMs = 500
const readAtOnce = 1_000
// Changes are kept for an hour. They may be missing when the process slept for longer than this.
const longestGapMs = 600_000
// When it is longer ago, the next look through the stock passes over what has changed before. That is after five minutes.
const recentLookMs = 240_000

/**
 * Follows the changes of quantities by the snapshots of the database: each poll reads the changes that were committed since the
 * poll before, and then the quantities of these products, once for all streams of the process.
 */
export function followStock(
	{ readBeginning, readNoted, readChanges, readQuantities, readQuantitiesAfter, log }: FollowStockNeeds,
	{ intervalMs = pollMs, lingerMs = 60_000, most, back }: FollowStockOptions = {},
): FollowedStock {
	const memory = createAvailabilityMemory({ most })
	const lookListeners = new Set<(look: StockLook) => void>()
	const resetListeners = new Set<() => void>()
	// One read at a time, so that no older quantity comes after a later one. A look waits for one read of a stream at most.
	const limitAll = createReadLimit({ most: 1 })
	const limitStreams = createReadLimit({ most: 1, rests: true })
	let followed: StockMoment | undefined
	let since: string | undefined
	let starting: Promise<void> | undefined
	let knownToMs = Number.NEGATIVE_INFINITY
	let lastLookMs = Number.NEGATIVE_INFINITY
	let followers = 0
	let leftAt = performance.now()

	function begin(moment: StockMoment): void {
		followed = moment
		since = moment.snapshot
		// Behind all that was known, also when the clock of another server is a little behind.
		const isClockBehind = knownToMs >= moment.laterMs && knownToMs < moment.laterMs + clockStepMs
		knownToMs = isClockBehind ? knownToMs + 1 : moment.laterMs
		lastLookMs = knownToMs
		memory.reset(knownToMs)
	}

	function stop(): void {
		followed = undefined
		since = undefined
		memory.reset(Number.POSITIVE_INFINITY)
	}

	function beginEarlier(moment: StockMoment, { floorMs, looks }: LookedBack): void {
		begin(moment)
		knownToMs = moment.atMs
		memory.reset(floorMs)
		for (const earlier of looks) memory.add(earlier)
	}

	async function start(): Promise<void> {
		if (followed !== undefined) return
		const { lookedSinceMs, seenBefore, ...moment } = await readBeginning(recentLookMs)
		const needs = { readNoted, readQuantities: (skus: readonly string[]) => look(() => readQuantities(skus)) }
		const before = await lookBack(needs, { lookedSinceMs, atMs: moment.atMs }, back)
		if (before === undefined) return begin(moment)
		beginEarlier(moment, before)
		// What was not noted before is still found.
		since = snapshotBefore(seenBefore)
	}

	async function look(read: () => Promise<StockLook>): Promise<StockLook> {
		const { atMs, quantities } = await limitAll(read)
		// The clock of the database may have been put back a little.
		lastLookMs = Math.max(lastLookMs, atMs)
		return { atMs: lastLookMs, quantities }
	}

	async function poll(): Promise<void> {
		const before = followed
		if (before === undefined) return
		if (followers === 0 && performance.now() - leftAt >= lingerMs) {
			stop()
			return
		}
		const { skus, ...read } = await readChanges(before.snapshot)
		const moment = { ...read, timeline: read.timeline ?? before.timeline }
		if (isAnother(moment, before)) {
			begin(moment)
			for (const listener of [...resetListeners]) listener()
			return
		}
		for (let first = 0; first < skus.length; first += readAtOnce) {
			const part = skus.slice(first, first + readAtOnce)
			const found = await look(() => readQuantities(part))
			memory.add(found)
			for (const listener of [...lookListeners]) listener(found)
		}
		followed = moment
		knownToMs = Math.max(knownToMs, moment.atMs)
	}

	const polling = repeat({ name: 'follow changes of stock', run: poll, intervalMs }, log)
	return {
		async follow() {
			followers++
			const leave = () => {
				followers--
				leftAt = performance.now()
			}
			try {
				starting ??= start().finally(() => {
					starting = undefined
				})
				await starting
			} catch (error) {
				leave()
				throw error
			}
			return { [Symbol.dispose]: leave }
		},
		followedSince: () => since,
		knownTo: () => knownToMs,
		floor: memory.floor,
		since: memory.since,
		onLook: (listener) => addTo(lookListeners, listener),
		onReset: (listener) => addTo(resetListeners, listener),
		read: (skus) => limitStreams(() => look(() => readQuantities(skus))),
		readAfter: (sku, limit) => limitStreams(() => look(() => readQuantitiesAfter(sku, limit))),
		[Symbol.asyncDispose]: () => polling[Symbol.asyncDispose](),
	}
}

// A failover may have lost what was told.
function isAnother(moment: StockMoment, before: StockMoment): boolean {
	if (before.timeline !== null && moment.timeline !== before.timeline) return true
	return !goesOnFrom(moment, before, { longestGapMs })
}

function addTo<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
	listeners.add(listener)
	return () => void listeners.delete(listener)
}
