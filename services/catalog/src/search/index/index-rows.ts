import type { KnownRows } from './postings-memory.ts'
import type { IndexQuery } from './search-index.ts'

/**
 * A row of postings. Long rows have a key, which changes with the bytes, so that a reader may keep them. The bytes are missing where the
 * reader knows them.
 */
export type StoredPostings = { token: string; firstDoc: number; key: string | null; postings: Uint8Array | null }

/** A segment that waits to be folded. No other segment ever has its key, not even after a failover that loses some. */
export type WaitingSegment = { id: number; key: string; size: number }

export type StoredSegment = { id: number; key: string; data: Uint8Array }

/** The postings of a query, the list of all segments and the number of the newest word of the postings, as they are at one moment. */
export type IndexRows = { postings: StoredPostings[]; segments: WaitingSegment[]; newestWord: number }

/** A query, and the rows that need not be read, by their keys. */
export type RowRead = { query: IndexQuery; known: KnownRows }

/** The rows of a query. `known` has those whose bytes are missing. */
export type ReadRows = IndexRows & { known: KnownRows }
