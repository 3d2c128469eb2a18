export type FeedOutcome = 'synced' | 'unchanged' | 'held' | 'failed' | 'stopped' | 'notRun'

/** What a run of a feed has done. The rows of created, updated, unchanged, held and rejected add up to rows. */
export type FeedFigures = {
	/** The bytes of the feed as it came. */
	bytes: number
	attempts: number
	rows: number
	created: number
	updated: number
	unchanged: number
	held: number
	rejected: number
	/** Active products of the source that this feed lacks. */
	missing: number
}

/** A row of the feed, or a product that the feed lacks, which a person may want to look at. */
export type ReportRow = {
	feed: string
	/** Null for a product that the feed lacks. */
	line: number | null
	sku: string
	/** `missing` products are as before; this run has taken `soldOut` and `archived` ones from sale. */
	outcome: 'held' | 'rejected' | 'missing' | 'soldOut' | 'archived'
	rule: string
	/** Prices, such as `12.90 EUR`. Empty where the rule compares none. */
	old: string
	new: string
	detail: string
}

/** A feed in the report. */
export type FeedResult = { name: string; outcome: FeedOutcome; reason: string; ms: number } & FeedFigures

export function noFigures(): FeedFigures {
	return { bytes: 0, attempts: 0, rows: 0, created: 0, updated: 0, unchanged: 0, held: 0, rejected: 0, missing: 0 }
}

/** How many rows were rejected, as the beginning of a sentence. */
export function rejectedRows(count: number): string {
	return count === 1 ? '1 row was rejected' : `${count} rows were rejected`
}
