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
	const values = valuesOfFields(weight)
	const covered = (1 << Math.min(length, lastTitleBit)) - 1
	const start = startOfRun(postings.docs, docs)
	if (start < 0) eachCommonDoc(docs, postings.docs, (index, at) => addHit(hits, index, postings, at, values, covered))
	else for (let at = 0; at < postings.docs.length; at++) addHit(hits, start + at, postings, at, values, covered)
}

/** What the best occurrence counts, by the bits of the fields that have one. */
function valuesOfFields(weight: number): Uint16Array {
	const values = new Uint16Array(1 << fieldWeights.length)
	for (const [field, fieldWeight] of fieldWeights.entries()) {
		const value = Math.round(best * fieldWeight * weight)
		// The fields before this one, without it and with it.
		for (let bits = 0; bits < 1 << field; bits++) values[bits | (1 << field)] = Math.max(values[bits] as number, value)
	}
	return values
}

function addHit(
	hits: TermHits,
	index: number,
	{ inFields, starts, places }: Postings,
	listIndex: number,
	values: Uint16Array,
	covered: number,
): void {
	const bits = inFields[listIndex] as number
	const value = values[bits] as number
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
