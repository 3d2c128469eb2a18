import { compareTokens } from './compare-tokens.ts'
import type { PostingsPart } from './postings-bytes.ts'
import type { Segment } from './segment.ts'

type Cursor = { segment: Segment; index: number; token: string }

/** Gives each token of the segments once, in order, with its postings in each segment. */
export function* mergeSegments(segments: readonly Segment[]): Generator<{ token: string; parts: PostingsPart[] }> {
	// A heap: no cursor comes before the one at half its place.
	const heap: Cursor[] = []
	for (const segment of segments) {
		if (segment.tokenCount === 0) continue
		heap.push({ segment, index: 0, token: segment.token(0) })
		siftUp(heap)
	}
	while (heap[0] !== undefined) {
		const { token } = heap[0]
		const parts: PostingsPart[] = []
		for (let first = heap[0]; first?.token === token; first = heap[0] as Cursor) {
			parts.push(first.segment.part(first.index))
			advance(heap, first)
		}
		yield { token, parts }
	}
}

function advance(heap: Cursor[], first: Cursor): void {
	first.index++
	if (first.index < first.segment.tokenCount) {
		first.token = first.segment.token(first.index)
	} else {
		const last = heap.pop() as Cursor
		if (heap.length === 0) return
		heap[0] = last
	}
	siftDown(heap)
}

function siftUp(heap: Cursor[]): void {
	for (let at = heap.length - 1; at > 0; ) {
		const above = (at - 1) >> 1
		if (!isBefore(heap, at, above)) return
		swap(heap, at, above)
		at = above
	}
}

function siftDown(heap: Cursor[]): void {
	for (let at = 0; ; ) {
		let least = at
		for (const below of [2 * at + 1, 2 * at + 2]) if (below < heap.length && isBefore(heap, below, least)) least = below
		if (least === at) return
		swap(heap, at, least)
		at = least
	}
}

function isBefore(heap: readonly Cursor[], one: number, other: number): boolean {
	return compareTokens((heap[one] as Cursor).token, (heap[other] as Cursor).token) < 0
}

function swap(heap: Cursor[], one: number, other: number): void {
	const cursor = heap[one] as Cursor
	heap[one] = heap[other] as Cursor
	heap[other] = cursor
}
