import { createTurns, type Turns } from '../../turns/turns.ts'
import type { ColumnsView } from '../columns/columns.ts'
import { type Chunk, chunkBits, chunkMask, inStockFlag } from '../columns/memory/chunk.ts'
import type { Candidates } from '../matching/candidates.ts'
import { addNumber, createBits, type DocBits, numbersOf } from '../matching/doc-bits.ts'
import { countInFacets, type FacetCounts } from './facet-counts.ts'
import type { Hits } from './hits.ts'
import { nthHit, type Place } from './nth-hit.ts'
import { judge, type ProductFilter, passed } from './product-filter.ts'
import { createScoreRanges, type ScoreRange } from './score-ranges.ts'
import { relevanceKey } from './sort-keys.ts'

/** Candidates of a range of scores that a facet may count, in no order. */
type Looked = { slots: Uint32Array; keys: Int32Array; parts: Uint8Array; count: number; hits: number }

// Takes about 0.2 ms.
const blockSize = 8_192

// Looks at some more candidates than are needed if the others pass the filter as often as the first ones.
const spare = 1.2

/**
 * The candidates that pass the filter, at most `most`: the first ones by relevance. Facets count the candidates up to the last one
 * of them. The others are not looked at, unless they are in the same range of scores.
 */
export async function hitsOfCandidates(
	view: ColumnsView,
	candidates: Candidates,
	{ filter, counts, most }: { filter: ProductFilter; counts: FacetCounts; most: number },
): Promise<Hits> {
	const turns = createTurns()
	const scoreRanges = createScoreRanges(candidates, most / 2)
	const ranges: Looked[] = []
	let found = 0
	let seen = 0
	while (found <= most) {
		const range = scoreRanges.next(spare * (seen === 0 ? most : (seen * (most - found + 1)) / (found + 1)))
		if (range === undefined) break
		const looked = await lookAtRange(range, candidates, { view, filter, enough: most + 1 - found }, turns)
		ranges.push(looked)
		found += looked.hits
		seen += range.size
	}
	const hits = {
		slots: new Uint32Array(Math.min(found, most)),
		keys: new Int32Array(Math.min(found, most)),
		count: 0,
	}
	for (const looked of ranges) {
		const left = most - hits.count
		if (found > most && left === 0) break
		const end = found > most && looked.hits >= left ? lastPlace(looked, left, view) : undefined
		take(hits, looked, end, view, counts)
		if (turns.isOver()) await turns.next()
	}
	return { ...hits, isCut: found > most }
}

/** @param enough so many hits of the range are needed at most */
async function lookAtRange(
	range: ScoreRange,
	candidates: Candidates,
	{ view, filter, enough }: { view: ColumnsView; filter: ProductFilter; enough: number },
	turns: Turns,
): Promise<Looked> {
	const { size } = range
	const looked: Looked = {
		slots: new Uint32Array(size),
		keys: new Int32Array(size),
		parts: new Uint8Array(size),
		count: 0,
		hits: 0,
	}
	const ties = range.isOneScore ? createBits(0, view.size) : undefined
	for (let first = 0; first < candidates.count; first += blockSize) {
		if (ties === undefined) lookAt(looked, candidates, { ...range, first }, view, filter)
		else addSlots(ties, candidates, { ...range, first }, view)
		if (turns.isOver()) await turns.next()
	}
	if (ties === undefined) return looked
	const slots = numbersOf(ties)
	for (let first = 0, left = enough; first < slots.length; first += blockSize) {
		const block = slots.subarray(first, first + blockSize)
		left -= lookAtTies(looked, block, { score: range.from, enough: left }, view, filter)
		if (turns.isOver()) await turns.next()
	}
	return looked
}

function lookAt(
	looked: Looked,
	{ docs, scores, count }: Candidates,
	{ from, below, first }: ScoreRange & { first: number },
	{ slotOf, table: { chunks } }: ColumnsView,
	filter: ProductFilter,
): void {
	const end = Math.min(first + blockSize, count)
	for (let index = first; index < end; index++) {
		const score = scores[index] as number
		if (score < from || score >= below) continue
		const slot = slotOf(docs[index] as number)
		if (slot >= 0) lookAtSlot(looked, slot, score, chunks, filter)
	}
}

function addSlots(
	slots: DocBits,
	{ docs, scores, count }: Candidates,
	{ from, first }: ScoreRange & { first: number },
	{ slotOf }: ColumnsView,
): void {
	const end = Math.min(first + blockSize, count)
	for (let index = first; index < end; index++) {
		if (scores[index] !== from) continue
		const slot = slotOf(docs[index] as number)
		if (slot >= 0) addNumber(slots, slot)
	}
}

/**
 * Looks at candidates with one score. Those in stock are the first, in the order of their skus, which is the order of most slots. So
 * nothing behind enough hits in stock is looked at. Returns the number of hits in stock.
 */
function lookAtTies(
	looked: Looked,
	slots: Uint32Array,
	{ score, enough }: { score: number; enough: number },
	{ table: { chunks, sortedEnd } }: ColumnsView,
	filter: ProductFilter,
): number {
	let found = 0
	for (let index = 0; index < slots.length; index++) {
		const slot = slots[index] as number
		if (found >= enough && slot < sortedEnd) continue
		const { hits } = looked
		lookAtSlot(looked, slot, score, chunks, filter)
		if (looked.hits > hits && looked.keys[looked.count - 1] === relevanceKey(score, inStockFlag)) found++
	}
	return found
}

function lookAtSlot(
	looked: Looked,
	slot: number,
	score: number,
	chunks: readonly Chunk[],
	filter: ProductFilter,
): void {
	const chunk = chunks[slot >>> chunkBits] as Chunk
	const parts = judge(filter, chunk, slot & chunkMask)
	if (parts === 0) return
	looked.slots[looked.count] = slot
	looked.keys[looked.count] = relevanceKey(score, (chunk.flags[slot & chunkMask] as number) & inStockFlag)
	looked.parts[looked.count++] = parts
	if (parts === passed.all) looked.hits++
}

/** The place of the hit at this number, from 1, in the order of relevance. */
function lastPlace({ slots, keys, parts, count, hits }: Looked, number: number, { table }: ColumnsView): Place {
	const own = { keys: new Int32Array(hits), slots: new Uint32Array(hits) }
	for (let index = 0, at = 0; index < count; index++) {
		if (parts[index] !== passed.all) continue
		own.keys[at] = keys[index] as number
		own.slots[at++] = slots[index] as number
	}
	return nthHit(own, number, table)
}

/** Takes the hits up to a place, and counts them and the others up to it. */
function take(
	hits: Hits & { keys: Int32Array },
	{ slots, keys, parts, count }: Looked,
	end: Place | undefined,
	{ table: { chunks, compareSkus } }: ColumnsView,
	counts: FacetCounts,
): void {
	for (let index = 0; index < count; index++) {
		const slot = slots[index] as number
		const key = keys[index] as number
		if (end !== undefined && (key > end.key || (key === end.key && compareSkus(slot, end.slot) > 0))) continue
		countInFacets(counts, chunks[slot >>> chunkBits] as Chunk, slot & chunkMask, parts[index] as number)
		if (parts[index] !== passed.all) continue
		hits.slots[hits.count] = slot
		hits.keys[hits.count++] = key
	}
}
