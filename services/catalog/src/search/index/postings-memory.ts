import { LRUCache } from 'lru-cache'
import type { Postings } from '../segments/postings.ts'

/** A row of postings. Long rows have a key. */
export type KnownRow = { firstDoc: number; key: string | null; postings: Postings }

/** All rows that a token has in a version of the postings. */
export type KnownPostings = { version: string; rows: readonly KnownRow[] }

/** The postings of the tokens that searches ask for most. */
export type PostingsMemory = {
	get(token: string): KnownPostings | undefined
	/** Replaces what is known of a token. */
	keep(token: string, known: KnownPostings): void
}

// The objects of a row, and of a token, take more memory than the few bytes of most postings.
const bytesOfRow = 400
const bytesOfToken = 300

export function createPostingsMemory(mostBytes: number): PostingsMemory {
	const known = new LRUCache<string, KnownPostings>({ maxSize: mostBytes })
	return {
		get: (token) => known.get(token),
		keep(token, postings) {
			known.set(token, postings, { size: bytesOf(postings) })
		},
	}
}

function bytesOf({ rows }: KnownPostings): number {
	return rows.reduce(
		(sum, { postings: { docs, starts, places } }) =>
			sum + bytesOfRow + docs.byteLength + starts.byteLength + places.byteLength,
		bytesOfToken,
	)
}
