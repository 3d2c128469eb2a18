import type { Budget } from '@mercat/service/budget'
import type { WaitingSegment } from '../columns/postings-moment.ts'
import { createTurns } from '../columns/turns.ts'
import { openSegment, type Segment } from '../segments/segment.ts'
import type { StoredSegment } from './index-rows.ts'
import type { ReadableRows } from './readable-rows.ts'
import type { SegmentMemory } from './segment-memory.ts'

export type ReadWaitingSegmentsNeeds = {
	/** Reads segments. Those that were folded meanwhile are missing. */
	readSegments(ids: readonly number[], budget: Budget): Promise<StoredSegment[]>
	memory: SegmentMemory
	rows: ReadableRows
	/** Is told of each segment that is new in the memory. */
	onSegment?(segment: Segment): void
}

/** Segments that are read together. */
const bytesAtOnce = 4 * 2 ** 20

/** Calls a function with segments that wait to be folded. Only those that are not in memory are read. */
export function readWaitingSegments({ readSegments, memory, rows, onSegment }: ReadWaitingSegmentsNeeds) {
	/**
	 * Resolves to false when one of the segments was folded meanwhile: its docs are in postings that the list was not read with.
	 *
	 * @param number the number of the read
	 */
	return async (
		listed: readonly WaitingSegment[],
		{ number, budget }: { number: number; budget: Budget },
		use: (segment: Segment) => void,
	): Promise<boolean> => {
		const missing: WaitingSegment[] = []
		for (const { id, key, size } of listed) {
			const segment = memory.get(key)
			if (segment !== undefined) rows.read({ name: `segment ${id}`, key }, () => use(segment))
			else if (!rows.isDamaged(key)) missing.push({ id, key, size })
		}
		const turns = createTurns()
		for (const group of groupsOf(missing)) {
			const wanted = new Set(group.map(({ key }) => key))
			const ids = group.map(({ id }) => id)
			for (const { id, key, data } of await readSegments(ids, budget)) {
				if (!wanted.delete(key)) continue
				rows.read({ name: `segment ${id}`, key }, () => {
					const known = memory.get(key)
					const segment = known ?? openSegment(data)
					if (known === undefined && memory.keep(key, segment, number)) onSegment?.(segment)
					use(segment)
				})
				if (turns.isOver()) await turns.next()
			}
			if (wanted.size > 0) return false
		}
		return true
	}
}

/** Cuts the list into groups of bounded size, so that no answer of the database is large. */
function groupsOf(segments: readonly WaitingSegment[]): WaitingSegment[][] {
	const groups: WaitingSegment[][] = []
	let size = Number.POSITIVE_INFINITY
	for (const segment of segments) {
		if (size + segment.size > bytesAtOnce) {
			groups.push([])
			size = 0
		}
		groups.at(-1)?.push(segment)
		size += segment.size
	}
	return groups
}
