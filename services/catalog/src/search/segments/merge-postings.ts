import { decodePostings } from './decode-postings.ts'
import { createPostingsEncoder, encodeDoc, takePart } from './encode-postings.ts'
import type { Postings } from './postings.ts'
import type { PostingsPart } from './postings-bytes.ts'
import { type PostingsRow, writeRow } from './postings-row.ts'

export type MergeOptions = {
	/** A row has at most so many bytes, unless one part has more. */
	mostBytes: number
	/** Whether a doc stays. All stay unless given. */
	keepsDoc?: (doc: number) => boolean
}

/**
 * Merges parts of the postings of one token, in any order, into rows that ascend. A doc that is in several parts is in one row only.
 *
 * @throws DamagedIndexError
 */
export function mergePostings(parts: readonly PostingsPart[], { mostBytes, keepsDoc }: MergeOptions): PostingsRow[] {
	if (parts.length === 1 && keepsDoc === undefined) return [writeRow(parts)]
	const sorted = parts.toSorted((a, b) => a.firstDoc - b.firstDoc)
	const canJoin =
		keepsDoc === undefined &&
		sorted.every((part, n) => n === 0 || part.firstDoc > (sorted[n - 1] as PostingsPart).lastDoc)
	return canJoin ? joinParts(sorted, mostBytes) : mergeDocs(sorted, mostBytes, keepsDoc)
}

function joinParts(sorted: readonly PostingsPart[], mostBytes: number): PostingsRow[] {
	const rows: PostingsRow[] = []
	let joined: PostingsPart[] = []
	let size = 0
	for (const part of sorted) {
		if (joined.length > 0 && size + part.entries.length > mostBytes) {
			rows.push(writeRow(joined))
			joined = []
			size = 0
		}
		joined.push(part)
		size += part.entries.length
	}
	if (joined.length > 0) rows.push(writeRow(joined))
	return rows
}

/** Reads all docs. That takes longer than to join parts. It is needed when docs are left out or parts overlap. */
function mergeDocs(
	sorted: readonly PostingsPart[],
	mostBytes: number,
	keepsDoc: (doc: number) => boolean = () => true,
): PostingsRow[] {
	const rows: PostingsRow[] = []
	const encoder = createPostingsEncoder()
	const postings = sorted.map(decodePostings)
	let last = -1
	for (const { part, index } of entriesInOrder(postings)) {
		const { docs, starts, places } = postings[part] as Postings
		const doc = docs[index] as number
		if (doc === last || !keepsDoc(doc)) continue
		last = doc
		encodeDoc(encoder, doc, places, starts[index] as number, starts[index + 1] as number)
		if (encoder.entries.length >= mostBytes) rows.push(writeRow([takePart(encoder)]))
	}
	if (encoder.docs > 0) rows.push(writeRow([takePart(encoder)]))
	return rows
}

/** The entries of all parts in the order of their docs. */
function* entriesInOrder(postings: readonly Postings[]): Generator<{ part: number; index: number }> {
	const next = postings.map(() => 0)
	for (;;) {
		let first = -1
		let end = Number.POSITIVE_INFINITY
		let firstDoc = Number.POSITIVE_INFINITY
		for (const [part, { docs }] of postings.entries()) {
			const doc = docs[next[part] as number]
			if (doc === undefined) continue
			if (doc < firstDoc) {
				end = firstDoc
				first = part
				firstDoc = doc
			} else if (doc < end) {
				end = doc
			}
		}
		if (first === -1) return
		// All docs of this part that come before those of the other parts.
		const { docs } = postings[first] as Postings
		let index = next[first] as number
		do yield { part: first, index: index++ }
		while (index < docs.length && (docs[index] as number) < end)
		next[first] = index
	}
}
