import type { Budget } from '@mercat/service/budget'
import type { EventTail } from './event-tail.ts'
import type { EventFilter, LoggedEvent, LogPart, LogQuery } from './logged-event.ts'
import { PositionExpiredError } from './position.ts'
import { createReadLimit } from './read-limit.ts'

/**
 * Reads a part of the log: at most `limit` events that fit. The part may be empty before the end of the log.
 *
 * @throws PositionExpiredError when events after the position are deleted
 */
export type ReadLog = (query: LogQuery, budget?: Budget) => Promise<LogPart>

export type ReadLogNeeds = {
	tail: Pick<EventTail, 'last' | 'ends' | 'read'>
	/** Reads from the database, up to `last` at most. It looks at a bounded number of events. */
	readPage(query: LogQuery, last: number, budget?: Budget): Promise<LogPart>
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

	async function readTail({ after, filter, limit }: LogQuery, budget?: Budget): Promise<LogPart> {
		const found: LoggedEvent[] = []
		let readTo = after
		for (let blocks = 0; blocks < mostBlocks && found.length < limit && readTo < tail.last(); blocks++) {
			const part = await tail.read(readTo)
			// The log has gaps where events were deleted, and a few where none was ever.
			if (part.events[0]?.position !== readTo + 1) await requireAllLeft(readTo, budget)
			found.push(...part.events.filter(fits(filter)))
			readTo = part.readTo
		}
		if (found.length <= limit) return { events: found, readTo }
		const events = found.slice(0, limit)
		return { events, readTo: events.at(-1)?.position ?? after }
	}

	return async (query, budget) => {
		const isNear = tail.last() - query.after <= nearPositions
		const sharesFar = options.farFrom === 'tail' && asksForAll(query.filter)
		if (isNear || sharesFar) return readTail(query, budget)
		const part = await limitReads(() => readPage(query, tail.last(), budget))
		// After the read, because events may be deleted before it.
		await requireAllLeft(query.after, budget)
		return part
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
