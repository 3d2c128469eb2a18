import type { Snapshot } from '@mercat/database/snapshot'

/** A moment of the database. */
export type StockMoment = {
	/** Which transactions were committed. */
	snapshot: Snapshot
	/** Just before the snapshot, in milliseconds since 1970 by the clock of the database. */
	atMs: number
	/** Just after it. */
	laterMs: number
	/** A failover begins another one. Null while the server is read-only. */
	timeline: string | null
}

/** A moment from which on a process follows. */
export type StockBeginning = StockMoment & {
	/** All changes since then are noted, or are still found by looks through the stock. Null when nobody has looked for long. */
	lookedSinceMs: number | null
	/** The next look through the stock looks for what was written by transactions from this one on. */
	seenBefore: string
}

/** A product whose quantity may have changed, and when that was noted last. */
export type NotedProduct = { sku: string; atMs: number }

/** The products that have changed between two moments. */
export type StockChanges = StockMoment & { skus: string[] }
