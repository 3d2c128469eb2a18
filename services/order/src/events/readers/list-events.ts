import type { LogPart } from '@mercat/event-log/log-part'
import type { EventQuery } from '@mercat/order-api/event-schemas'
import type { Budget } from '@mercat/service/budget'
import type { EventTail } from '../event-tail.ts'
import type { ReadLog } from '../log-reader.ts'
import type { LoggedEvent } from '../logged-event.ts'
import { expiredProblem, PositionExpiredError, resolveStart } from '../position.ts'
import { filterOf, startOf } from './event-query.ts'

export type ListEventsNeeds = {
	readLog: ReadLog
	tail: Pick<EventTail, 'last' | 'ends'>
}

/** A page of the log, and whether it reached the end. */
export type EventPart = LogPart<LoggedEvent> & { caughtUp: boolean }

const defaultLimit = 100
const largestLimit = 1_000

/**
 * Lists a page of events. It ends with the event that reaches `mostBytes`.
 *
 * @throws Problem INVALID_REQUEST for a position that does not exist; POSITION_EXPIRED when events after it are deleted
 */
export function listEvents({ readLog, tail }: ListEventsNeeds) {
	return async (query: EventQuery, mostBytes: number, budget: Budget): Promise<EventPart> => {
		const after = resolveStart(startOf(query.after), await tail.ends(budget))
		const limit = Math.min(query.limit || defaultLimit, largestLimit)
		try {
			const part = await readLog({ after, filter: filterOf(query), limit, mostBytes }, budget)
			return { ...part, caughtUp: part.readTo >= tail.last() }
		} catch (error) {
			throw error instanceof PositionExpiredError ? expiredProblem(error.first, error) : error
		}
	}
}
