import type { LogPart } from '@mercat/event-log/log-part'
import { createReadLimit } from '@mercat/event-log/read-limit'
import type { Budget } from '@mercat/service/budget'
import type { EventTail } from './event-tail.ts'
import type { EventFilter, LoggedEvent, LogQuery } from './logged-event.ts'
import { PositionExpiredError } from './position.ts'

/**
 * Reads a part of the log: at most `limit` events that fit, and fewer when they are large. The part may be empty before the
 * end of the log.
 *
 * @throws PositionExpiredError when events after the position are deleted
 */
export type ReadLog = (query: LogQuery, budget?: Budget) => Promise<LogPart<LoggedEvent>>

export type ReadLogNeeds = {
	tail: Pick<EventTail, 'last' | 'ends' | 'read'>
	/** Reads from the database, up to `last` at most. It looks at a bounded number of events. */
	readPage(query: LogQuery, last: number, budget?: Budget): Promise<LogPart<LoggedEvent>>
}

export type ReadLogOptions = {
	/**
	 * The most reads of the database at the same time. They are apart from the reads of the tail, and from the reads of
	 * another reader of the log.
	 */
	most: number
	/** Whether each read of the database is followed by a pause as long as the read. */
	rests: boolean
	/** How readers of all events that are far from the end read: from the tail, which they share, or in large parts. */
	farFrom: 'tail' | 'database'
}

// So near to its end, the tail most likely has the events in memory.
const nearPositions = 1_000
// With a filter, all that is near is read at once.
const mostBlocks = 11
// Events can be large, so that a long part is not read at once.
const mostAtOnce = 100

/**
 * Creates the function with which pages or streams read the log. Near the end of the log the tail is read. Far from it the
 * database looks for the events of a filter, because the tail has no index.
 */
export function createLogReader({ tail, readPage }: ReadLogNeeds, options: ReadLogOptions): ReadLog {
	const limitReads = createReadLimit(options)

	async function requireAllLeft(after: number, budget?: Budget): Promise<void> {
		const { first } = await tail.ends(budget)
		if (after < first - 1) throw new PositionExpiredError(first)
	}

	async function readTail(query: LogQuery, budget?: Budget): Promise<LogPart<LoggedEvent>> {
		const page = startPart(query)
		for (let blocks = 0; blocks < mostBlocks && !page.isFull() && page.readTo() < tail.last(); blocks++) {
			const { events, readTo } = await tail.read(page.readTo())
			// The log has gaps where events were deleted, and a few where none was ever.
			if (events[0]?.position !== page.readTo() + 1) await requireAllLeft(page.readTo(), budget)
			page.add({ events: events.filter(fits(query.filter)), readTo })
		}
		return page.part()
	}

	async function readDatabase(query: LogQuery, budget?: Budget): Promise<LogPart<LoggedEvent>> {
		const page = startPart(query)
		let isMore = true
		while (isMore && !page.isFull()) {
			const limit = Math.min(mostAtOnce, page.room())
			const piece = await limitReads(() => readPage({ ...query, after: page.readTo(), limit }, tail.last(), budget))
			page.add(piece)
			isMore = piece.events.length === limit
		}
		// After the reads, because events may be deleted before them.
		await requireAllLeft(query.after, budget)
		return page.part()
	}

	return async (query, budget) => {
		const isNear = tail.last() - query.after <= nearPositions
		const sharesFar = options.farFrom === 'tail' && asksForAll(query.filter)
		return isNear || sharesFar ? readTail(query, budget) : readDatabase(query, budget)
	}
}

/** A part of the log that grows by pieces until it is full. */
function startPart({ after, limit, mostBytes = Number.POSITIVE_INFINITY }: LogQuery) {
	const events: LoggedEvent[] = []
	let bytes = 0
	let readTo = after
	const isFull = () => events.length >= limit || bytes >= mostBytes

	return {
		isFull,
		readTo: () => readTo,
		/** How many more events it may have. */
		room: () => limit - events.length,
		add(piece: LogPart<LoggedEvent>): void {
			for (const event of piece.events) {
				// The next part begins with the events that are left over.
				if (isFull()) return
				events.push(event)
				bytes += Buffer.byteLength(event.text)
				readTo = event.position
			}
			readTo = piece.readTo
		},
		part: (): LogPart<LoggedEvent> => ({ events, readTo }),
	}
}

function asksForAll({ types, customerId, orderId }: EventFilter): boolean {
	return types === undefined && customerId === undefined && orderId === undefined
}

function fits({ types, customerId, orderId }: EventFilter) {
	return (event: LoggedEvent): boolean =>
		(types === undefined || types.includes(event.type)) &&
		(customerId === undefined || customerId === event.customerId) &&
		(orderId === undefined || orderId === event.orderId)
}
