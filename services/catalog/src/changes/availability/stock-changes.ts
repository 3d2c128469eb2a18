/** A moment of the database. */
export type StockMoment = {
	/** Which transactions were committed. */
	snapshot: string
	/** Just before the snapshot, in milliseconds since 1970 by the clock of the database. */
	atMs: number
	/** Just after it. */
	laterMs: number
}

/** The products that have changed between two moments. */
export type StockChanges = StockMoment & { skus: string[] }
