import { type Budget, createBudget } from '@mercat/service/budget'
import type { Backlog } from './backlog.ts'

export type SharedBacklogNeeds = { findBacklog(budget: Budget): Promise<Backlog> }

// Several readers at about the same time share one look at the database. It is a little less than two seconds, so that a reader
// of each second gets a new one every other time.
const freshMs = 1_900
// Less than a scrape waits: 10 s, and 5 s for the answer of a worker.
const readMs = 2_000

/** Reads the backlog. For about two seconds all readers get the result of one look, also when it has failed. */
export function createSharedBacklog({ findBacklog }: SharedBacklogNeeds): () => Promise<Backlog> {
	let readAt = Number.NEGATIVE_INFINITY
	let read: Promise<Backlog> | undefined
	return () => {
		if (read === undefined || performance.now() - readAt >= freshMs) {
			readAt = performance.now()
			// An outage of the database has its own line in the log.
			read = findBacklog(createBudget(readMs))
		}
		return read
	}
}
