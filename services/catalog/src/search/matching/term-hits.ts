import { fields } from '../analysis/product-tokens.ts'
import type { Postings } from '../segments/postings.ts'
import { eachCommonDoc } from './find-docs.ts'
import { startOfRun } from './postings-lists.ts'
import type { TermList } from './term-lists.ts'

/** How well each doc has one term. The arrays are parallel to the docs. */
export type TermHits = {
	/** The best occurrence, from 0 (none) to 1,000: what its field counts times the weight of its alternative. */
	best: Uint16Array
	/** A bit for each field in which the term is. */
	inFields: Uint8Array
	/** A bit for each of the first 31 positions of the title that the term covers. */
	inTitle: Int32Array
}

// In the order of the field's number: title, brand, category, sku, attributes, description, head.
const fieldWeights = [1, 0.86, 0.76, 0.66, 0.5, 0.4, 1]

const best = 1_000
/** What the best occurrence of the word itself counts, by the bits of the fields that have one. */
const bestOfFields = Float64Array.from({ length: 1 << fieldWeights.length }, (_, bits) =>
	Math.max(...fieldWeights.map((weight, field) => ((bits >>> field) & 1) * best * weight)),
)
const lastTitleBit = 30
const titleBit = 1 << fields.title

export function termHits(docs: Uint32Array, lists: readonly TermList[]): TermHits {
	const hits = {
		best: new Uint16Array(docs.length),
		inFields: new Uint8Array(docs.length),
		inTitle: new Int32Array(docs.length),
	}
	for (const list of lists) addHits(hits, docs, list)
	return hits
}

function addHits(hits: TermHits, docs: Uint32Array, { postings, weight, length }: TermList): void {
	const covered = (1 << Math.min(length, lastTitleBit)) - 1
	const start = startOfRun(postings.docs, docs)
	if (start < 0) eachCommonDoc(docs, postings.docs, (index, at) => addHit(hits, index, postings, at, weight, covered))
	else for (let at = 0; at < postings.docs.length; at++) addHit(hits, start + at, postings, at, weight, covered)
}

function addHit(
	hits: TermHits,
	index: number,
	{ inFields, starts, places }: Postings,
	listIndex: number,
	weight: number,
	covered: number,
): void {
	const bits = inFields[listIndex] as number
	const value = Math.round((bestOfFields[bits] as number) * weight)
	if (value > (hits.best[index] as number)) hits.best[index] = value
	hits.inFields[index] = (hits.inFields[index] as number) | bits
	if ((bits & titleBit) === 0) return
	let inTitle = hits.inTitle[index] as number
	const end = starts[listIndex + 1] as number
	for (let at = starts[listIndex] as number; at < end; at++) {
		const place = places[at] as number
		if ((place & 7) === fields.title) inTitle |= (covered << Math.min(place >> 3, lastTitleBit)) & 0x7fffffff
	}
	hits.inTitle[index] = inTitle
}
