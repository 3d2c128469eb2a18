/** A claimed look through the stock. */
export type StockScan = {
	/** Only this process has the lease until then. It is the proof of the claim, too. */
	leasedUntil: string
	/** Rows that were written by transactions from this one on are looked for. */
	seenBefore: string
	/** The next round looks for rows from this transaction on. */
	nextSeenBefore: string
	startedAt: string
}

export type ScannedPart = {
	leasedUntil: string
	/** Products whose stock young transactions have written. */
	skus: string[]
	/** The pages that the table has. */
	pages: number
}
