import type { Budget } from '@mercat/service/budget'
import { LRUCache } from 'lru-cache'
import type { LogEnds, LogPart, Positioned } from './log-part.ts'
import { createReadLimit } from './read-limit.ts'

export type LogTail<Event extends Positioned> = {
	/** The last position known to this process. */
	last(): number
	/** Asks the database for the ends of the log. `last()` is at least as new afterwards. */
	ends(budget?: Budget): Promise<LogEnds>
	/** Calls `listener` whenever `last()` has grown. Returns a function that ends this. */
	onGrowth(listener: () => void): () => void
	/**
	 * Calls `listener` after each reset: the database has lost the end of the log, and other events get its positions. So
	 * a reader must no longer count on the position that it has reached. Returns a function that ends this.
	 */
	onReset(listener: () => void): () => void
	/**
	 * Forgets all events and takes a last position. The tail does this by itself when the database has a lower one. An owner
	 * that finds another event at a known position calls it.
	 */
	reset(lastPosition: number): void
	/**
	 * Events after `position`, from memory where possible: those of one block at most. `events` is empty and `readTo` is
	 * `position` when there is none, or when the tail was reset meanwhile. Positions whose events are deleted are passed over.
	 */
	read(position: number): Promise<LogPart<Event>>
}

export type LogTailNeeds<Event extends Positioned> = {
	/** The ends of the log as the database has them when it is asked. */
	ends(budget?: Budget): Promise<LogEnds>
	/** The events at the positions from `after + 1` to `upTo`. */
	readBlock(after: number, upTo: number): Promise<Event[]>
	/** Calls `listener` with the last position of the log, again and again. */
	onPositions(listener: (lastPosition: number) => void): () => void
}

export type LogTailOptions<Event extends Positioned> = {
	/** About how many bytes of memory an event takes: an integer. */
	sizeOf(event: Event): number
	/** The most positions of a block. */
	positionsPerBlock?: number
	/** The most bytes of the blocks in memory. */
	mostCachedBytes?: number
}

/** The log as this process knows it since the last reset. */
type View<Event extends Positioned> = {
	last: number
	/** The events from the first position of a block through `readTo`. */
	blocks: LRUCache<number, LogPart<Event>>
	reads: Map<number, Promise<LogPart<Event>>>
}

// So near to the end of the log, readers wait for new events.
const nearBlocks = 10
const bytesOfBlock = 300

/**
 * The view of a log that the readers in this process share. Events never change, and the log grows at its end only. Each
 * block of positions is read once and then kept in memory, so that many readers at the same place cost one read.
 */
export async function openLogTail<Event extends Positioned>(
	needs: LogTailNeeds<Event>,
	{ sizeOf, positionsPerBlock = 100, mostCachedBytes = 16 * 1024 * 1024 }: LogTailOptions<Event>,
): Promise<LogTail<Event> & Disposable> {
	// One read at a time of each kind leaves the other connections to other work. Readers of new events do not wait behind
	// readers that catch up.
	const limitNear = createReadLimit({ most: 1 })
	const limitFar = createReadLimit({ most: 1, rests: true })
	const growthListeners = new Set<() => void>()
	const resetListeners = new Set<() => void>()
	let view = createView(0)

	function createView(last: number): View<Event> {
		return { last, blocks: new LRUCache({ maxSize: mostCachedBytes, sizeCalculation: bytesOf }), reads: new Map() }
	}

	function bytesOf({ events }: LogPart<Event>): number {
		return events.reduce((bytes, event) => bytes + sizeOf(event), bytesOfBlock)
	}

	function grow(lastPosition: number): void {
		if (lastPosition <= view.last) return
		view.last = lastPosition
		tell(growthListeners)
	}

	function reset(lastPosition: number): void {
		const hasGrown = lastPosition > view.last
		view = createView(lastPosition)
		tell(resetListeners)
		if (hasGrown) tell(growthListeners)
	}

	// A lower position may be an answer that was overtaken by a newer one. A new question tells.
	function hear(lastPosition: number): void {
		if (lastPosition >= view.last) grow(lastPosition)
		// The next report asks again after a failure.
		else ends().catch(() => {})
	}

	async function ends(budget?: Budget): Promise<LogEnds> {
		const seen = view
		const known = seen.last
		const found = await needs.ends(budget)
		// The answer may be older than the reset.
		if (view !== seen) return ends(budget)
		if (found.last < known) reset(found.last)
		else grow(found.last)
		return found
	}

	/** The block as it is in the log now. Readers that ask meanwhile share the read. */
	function readBlock(seen: View<Event>, index: number): Promise<LogPart<Event>> {
		const underWay = seen.reads.get(index)
		if (underWay !== undefined) return underWay
		const isNear = seen.last - index * positionsPerBlock <= nearBlocks * positionsPerBlock
		const limit = isNear ? limitNear : limitFar
		const read = limit(() => extendBlock(seen, index)).finally(() => seen.reads.delete(index))
		seen.reads.set(index, read)
		return read
	}

	async function extendBlock(seen: View<Event>, index: number): Promise<LogPart<Event>> {
		const known = seen.blocks.get(index) ?? { events: [], readTo: index * positionsPerBlock }
		// Positions may have gaps, so that only the end of the log tells whether the block is complete.
		const upTo = Math.min((index + 1) * positionsPerBlock, seen.last)
		const added = await needs.readBlock(known.readTo, upTo)
		const block = { events: [...known.events, ...added], readTo: upTo }
		seen.blocks.set(index, block)
		return block
	}

	async function readView(seen: View<Event>, position: number): Promise<LogPart<Event>> {
		let after = position
		let isPastDeleted = false
		while (after < seen.last && view === seen) {
			const index = Math.floor(after / positionsPerBlock)
			const known = seen.blocks.get(index)
			const block = known !== undefined && known.readTo > after ? known : await readBlock(seen, index)
			const part = partAfter(after, block)
			if (part.events.length > 0) return part
			// A shared read may have begun before the log had grown past this position.
			if (part.readTo === after) continue
			after = part.readTo
			if (isPastDeleted) continue
			isPastDeleted = true
			const { first } = await ends()
			after = Math.max(after, Math.min(first - 1, seen.last))
		}
		return { events: [], readTo: after }
	}

	const stop = needs.onPositions(hear)
	await ends()
	return {
		last: () => view.last,
		ends,
		onGrowth: (listener) => addTo(growthListeners, listener),
		onReset: (listener) => addTo(resetListeners, listener),
		reset,
		async read(position) {
			const seen = view
			const part = await readView(seen, position)
			// What was read before a reset may no longer be in the log.
			return view === seen ? part : { events: [], readTo: position }
		},
		[Symbol.dispose]: stop,
	}
}

function partAfter<Event extends Positioned>(position: number, { events, readTo }: LogPart<Event>): LogPart<Event> {
	const start = events.findIndex((event) => event.position > position)
	return { events: start === -1 ? [] : events.slice(start), readTo: Math.max(position, readTo) }
}

function addTo(listeners: Set<() => void>, listener: () => void): () => void {
	listeners.add(listener)
	return () => void listeners.delete(listener)
}

function tell(listeners: Set<() => void>): void {
	for (const listener of [...listeners]) listener()
}
