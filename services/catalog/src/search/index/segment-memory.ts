import type { Segment } from '../segments/segment.ts'

/** The segments that this process has read, until they are folded. */
export type SegmentMemory = {
	get(key: string): Segment | undefined
	/** Keeps a segment that the read with this number has found. Returns false when there is no room for it. */
	keep(key: string, segment: Segment, readNumber: number): boolean
	/** Forgets the segments that a read no longer lists, unless a later read has found them. */
	forgetOthers(listed: ReadonlySet<string>, readNumber: number): void
	readonly size: number
}

export function createSegmentMemory(mostBytes: number): SegmentMemory {
	const kept = new Map<string, { segment: Segment; readNumber: number }>()
	let size = 0
	return {
		get: (key) => kept.get(key)?.segment,
		keep(key, segment, readNumber) {
			if (kept.has(key)) return true
			if (size + segment.size > mostBytes) return false
			kept.set(key, { segment, readNumber })
			size += segment.size
			return true
		},
		forgetOthers(listed, readNumber) {
			for (const [key, entry] of kept) {
				if (listed.has(key) || entry.readNumber > readNumber) continue
				kept.delete(key)
				size -= entry.segment.size
			}
		},
		get size() {
			return size
		},
	}
}
