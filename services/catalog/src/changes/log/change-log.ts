import type { LogTail } from '@mercat/event-log/log-tail'
import type { EntryIdentity } from './change-entry.ts'

/** A moment at which every committed entry had its position. */
export type SettledLog = {
	logId: string
	/** The last position. */
	position: number
	/** The identity of the entry there. Missing when the log has never had an entry. */
	identity?: EntryIdentity
	/** When, in milliseconds since 1970 by the clock of the database: every change that was committed until then is in the log. */
	atMs: number
}

/** What the log has at some positions. */
export type LogPlaces = {
	logId: string
	/** The last position. */
	last: number
	/** Only positions whose entries are there. */
	identities: ReadonlyMap<number, EntryIdentity>
}

/** The log of product changes as the readers of this process share it. */
export type ChangeLog<Event extends { position: number }> = {
	/**
	 * Its resets also tell that the entry at the last position has become another one: the database was put back, and has
	 * given the positions anew.
	 */
	tail: LogTail<Event>
	/**
	 * The latest moment of this kind that this process knows. It is at most about 0.4 s old while the database answers, and
	 * `tail.last()` is at or after its position. Missing until the first one, and after a reset.
	 */
	settled(): SettledLog | undefined
	/** Calls `listener` after each run that found the log settled. Returns a function that ends this. */
	onSettled(listener: (settled: SettledLog) => void): () => void
	/**
	 * Resolves to a moment that came after the call. So its position covers every change that a statement has read before.
	 * Callers share the runs.
	 *
	 * @throws when the log is closed meanwhile
	 */
	settle(): Promise<SettledLog>
	/** Reads what the log has at these positions, in one statement. */
	findPlaces(positions: readonly number[]): Promise<LogPlaces>
	/** Tells that this process may have changed products. */
	wake(): void
}
