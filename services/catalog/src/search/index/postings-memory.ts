import { LRUCache } from 'lru-cache'
import type { Postings } from '../segments/postings.ts'

/** The rows of one token, each by its key. */
export type KnownRows = ReadonlyMap<string, Postings>

/** The long postings that searches have read, as long as they are asked for. */
export type PostingsMemory = {
	rowsOf(token: string): KnownRows
	/** Replaces what is known of a token. */
	keep(token: string, rows: KnownRows): void
}

const noRows: KnownRows = new Map()
const bytesOfRow = 200

export function createPostingsMemory(mostBytes: number): PostingsMemory {
	const known = new LRUCache<string, KnownRows>({ maxSize: mostBytes })
	return {
		rowsOf: (token) => known.get(token) ?? noRows,
		keep(token, rows) {
			let size = bytesOfRow
			for (const { docs, inFields, starts, places } of rows.values())
				size += docs.byteLength + inFields.byteLength + starts.byteLength + places.byteLength + bytesOfRow
			known.set(token, rows, { size })
		},
	}
}
