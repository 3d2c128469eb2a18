import type { EntryIdentity } from './change-entry.ts'

/** The end of the log at some moment. */
export type LogEnd = {
	logId: string
	/** The last position of the log, whoever wrote it. */
	last: number
	/** The identity of the entry there. Missing when there is none. */
	identity?: EntryIdentity
	/** The identity of the entry at a known position. Missing when there is none. */
	knownIdentity?: EntryIdentity
}

/** What one run of the writer did, and how it left the log. */
export type LogRun = LogEnd & {
	/** How many entries got a position. */
	entries: number
	/** When the run began, in milliseconds since 1970 by the clock of the database. */
	atMs: number
	/** Whether all entries that were committed until then have a position up to `last`. */
	isSettled: boolean
	/** How long the oldest of these entries had waited, in seconds. */
	delayS: number
	/** How long the oldest entry without a position has waited for another process to give it one, in seconds. */
	waitingS: number
	/** Whether more entries may wait. */
	isMore: boolean
}
