import { fieldOf, fields } from '../analysis/product-tokens.ts'
import type { IndexAnswer } from '../index/search-index.ts'

/** At most `most` of the docs: at first docs with one of the tokens in their titles, near to the beginning. */
export function sampleDocs(docs: readonly number[], postings: IndexAnswer['postings'], most: number): number[] {
	const wanted = new Set(docs)
	const placeInTitle = new Map<number, number>()
	for (const lists of postings.values()) {
		for (const { docs, starts, places } of lists) {
			for (let at = 0; at < docs.length; at++) {
				const doc = docs[at] as number
				if (!wanted.has(doc)) continue
				const place = firstTitlePlace(places, starts[at] as number, starts[at + 1] as number)
				if (place < (placeInTitle.get(doc) ?? noPlace)) placeInTitle.set(doc, place)
			}
		}
	}
	const placeOf = (doc: number) => placeInTitle.get(doc) ?? noPlace
	return [...wanted].sort((one, other) => placeOf(one) - placeOf(other) || one - other).slice(0, most)
}

const noPlace = Number.MAX_SAFE_INTEGER

function firstTitlePlace(places: Uint16Array, from: number, to: number): number {
	for (let at = from; at < to; at++) if (fieldOf(places[at] as number) === fields.title) return places[at] as number
	return noPlace
}
