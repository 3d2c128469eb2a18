import type { Budget } from '@mercat/service/budget'
import { LRUCache } from 'lru-cache'
import type { LogEnds, LoggedEvent, LogPart } from './logged-event.ts'
import { createReadLimit } from './read-limit.ts'

export type EventTail = {
	/** The last position known to this process. */
	last(): number
	/** Asks the database for the ends of the log. `last()` is at least as new afterwards. */
	ends(budget?: Budget): Promise<LogEnds>
	/** Calls `listener` whenever `last()` has grown. Returns a function that ends this. */
	onGrowth(listener: () => void): () => void
	/**
	 * Up to 100 events after `position`, from memory where possible. `events` is empty and `readTo` is `position` when there
	 * is none. Positions whose events are deleted are passed over.
	 */
	read(position: number): Promise<LogPart>
}

export type EventTailNeeds = {
	ends(budget?: Budget): Promise<LogEnds>
	/** The events at the positions from `after + 1` to `upTo`. */
	readBlock(after: number, upTo: number): Promise<LoggedEvent[]>
	/** Calls `listener` with the last position of the log, again and again. */
	onPositions(listener: (lastPosition: number) => void): () => void
}

/** The events at the positions from `100n + 1` through `readTo`. Events never change, and the log grows at its end only. */
type Block = LogPart

const positionsPerBlock = 100
const mostCachedBytes = 16 * 1024 * 1024
// So near to the end of the log, readers wait for new events.
const nearPositions = 1_000

/**
 * The view of the log that the readers in this process share. Each block of 100 positions is read once and then kept in
 * memory, so that many readers at the same place cost one read.
 */
export async function openEventTail(needs: EventTailNeeds): Promise<EventTail & Disposable> {
	const blocks = new LRUCache<number, Block>({ maxSize: mostCachedBytes, sizeCalculation: bytesOf })
	const reads = new Map<number, Promise<Block>>()
	// One read at a time of each kind leaves the other connections to the placing of orders. Readers of new events do not wait
	// behind readers that catch up.
	const limitNear = createReadLimit({ most: 1 })
	const limitFar = createReadLimit({ most: 1, rests: true })
	const listeners = new Set<() => void>()
	let last = 0

	function grow(lastPosition: number): void {
		if (lastPosition <= last) return
		last = lastPosition
		for (const listener of [...listeners]) listener()
	}

	async function ends(budget?: Budget): Promise<LogEnds> {
		const found = await needs.ends(budget)
		grow(found.last)
		return found
	}

	/** The block as it is in the log now. Readers that ask meanwhile share the read. */
	function readBlock(index: number): Promise<Block> {
		const underWay = reads.get(index)
		if (underWay !== undefined) return underWay
		const isNear = last - index * positionsPerBlock <= nearPositions
		const limit = isNear ? limitNear : limitFar
		const read = limit(() => extendBlock(index)).finally(() => reads.delete(index))
		reads.set(index, read)
		return read
	}

	async function extendBlock(index: number): Promise<Block> {
		const known = blocks.get(index) ?? { events: [], readTo: index * positionsPerBlock }
		// Positions may have gaps, so that only the end of the log tells whether the block is complete.
		const upTo = Math.min((index + 1) * positionsPerBlock, last)
		const added = await needs.readBlock(known.readTo, upTo)
		const block = { events: [...known.events, ...added], readTo: upTo }
		blocks.set(index, block)
		return block
	}

	async function read(position: number): Promise<LogPart> {
		let after = position
		let isPastDeleted = false
		while (after < last) {
			const index = Math.floor(after / positionsPerBlock)
			const known = blocks.get(index)
			const block = known !== undefined && known.readTo > after ? known : await readBlock(index)
			const part = partAfter(after, block)
			if (part.events.length > 0) return part
			// A shared read may have begun before the log had grown past this position.
			if (part.readTo === after) continue
			after = part.readTo
			if (isPastDeleted) continue
			isPastDeleted = true
			const { first } = await ends()
			after = Math.max(after, Math.min(first - 1, last))
		}
		return { events: [], readTo: after }
	}

	const stop = needs.onPositions(grow)
	await ends()
	return {
		last: () => last,
		ends,
		onGrowth(listener) {
			listeners.add(listener)
			return () => void listeners.delete(listener)
		},
		read,
		[Symbol.dispose]: stop,
	}
}

function partAfter(position: number, { events, readTo }: Block): LogPart {
	const start = events.findIndex((event) => event.position > position)
	return { events: start === -1 ? [] : events.slice(start), readTo: Math.max(position, readTo) }
}

const bytesOfFields = 300

function bytesOf({ events }: Block): number {
	return events.reduce((bytes, { text }) => bytes + bytesOfFields + bytesOfText(text), bytesOfFields)
}

// A text takes two bytes for each character when one of them is beyond Latin-1.
function bytesOfText(text: string): number {
	return Buffer.byteLength(text) === text.length ? text.length : 2 * text.length
}
