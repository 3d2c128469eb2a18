/** Tells an entry from one that got the same position before the database was put back. */
export type EntryIdentity = {
	/** The transaction that wrote the entry, as a decimal number of 64 bits. */
	xid: string
	/** When it was written, in microseconds since 1970 by the clock of the database. */
	atUs: number
}

/** An entry of the log of product changes: what one statement has changed, or a part of it. */
export type ChangeEntry = EntryIdentity & {
	position: number
	/** The identity of the entry at the position before. Missing when that one is not there. */
	before?: EntryIdentity
	/** The JSON of at most 500 changes, about 256 KB: see `readChanges`. */
	changes: string
}
