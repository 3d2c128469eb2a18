import type { PostingsMoment } from '../columns/postings-moment.ts'

/**
 * A row of postings. Long rows have a key, which changes with the bytes, so that a reader may keep them. The bytes are missing where the
 * reader knows them.
 */
export type StoredPostings = { token: string; firstDoc: number; key: string | null; postings: Uint8Array | null }

export type StoredSegment = { id: number; key: string; data: Uint8Array }

/** The postings of a query, and the index as it is at the same moment. */
export type IndexRows = { postings: StoredPostings[]; moment: PostingsMoment }
