import { fields } from '../analysis/product-tokens.ts'
import type { Postings } from '../segments/postings.ts'
import { commonDocs } from './find-docs.ts'
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
const lastTitleBit = 30

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
	const values = fieldWeights.map((fieldWeight) => Math.round(best * fieldWeight * weight))
	const covered = (1 << Math.min(length, lastTitleBit)) - 1
	if (docs === postings.docs) {
		for (let index = 0; index < docs.length; index++) addPlaces(hits, index, postings, index, values, covered)
		return
	}
	const { indexes, otherIndexes } = commonDocs(docs, postings.docs)
	for (let at = 0; at < indexes.length; at++) {
		addPlaces(hits, indexes[at] as number, postings, otherIndexes[at] as number, values, covered)
	}
}

function addPlaces(
	hits: TermHits,
	index: number,
	{ starts, places }: Postings,
	listIndex: number,
	values: readonly number[],
	covered: number,
): void {
	let value = hits.best[index] as number
	let inFields = hits.inFields[index] as number
	let inTitle = hits.inTitle[index] as number
	const end = starts[listIndex + 1] as number
	for (let at = starts[listIndex] as number; at < end; at++) {
		const place = places[at] as number
		const field = place & 7
		value = Math.max(value, values[field] as number)
		inFields |= 1 << field
		if (field === fields.title) inTitle |= (covered << Math.min(place >> 3, lastTitleBit)) & 0x7fffffff
	}
	hits.best[index] = value
	hits.inFields[index] = inFields
	hits.inTitle[index] = inTitle
}
