import { fieldOf, fields } from '../analysis/product-tokens.ts'
import { createPostings, type Postings } from '../segments/postings.ts'
import { noPostings, seek } from './postings-lists.ts'

// A place is a position and a field. The next position in the same field is this much further.
const nextPosition = 8

/**
 * Where tokens stand next to each other in one field, in their order: the places of the first token. Parts of one word may also
 * stand at the same position.
 */
export function adjacentPostings(sequence: readonly Postings[]): Postings {
	const rest = sequence.slice(0, -1)
	return rest.reduceRight((next, one) => followedBy(one, next), sequence.at(-1) ?? noPostings)
}

/** The places of `one` at which, or right after which, `next` stands. */
function followedBy(one: Postings, next: Postings): Postings {
	const docs: number[] = []
	const starts = [0]
	const places: number[] = []
	let at = 0
	let nextAt = 0
	while (at < one.docs.length && nextAt < next.docs.length) {
		const doc = one.docs[at] as number
		const nextDoc = next.docs[nextAt] as number
		if (doc < nextDoc) at = seek(one.docs, nextDoc, at)
		else if (nextDoc < doc) nextAt = seek(next.docs, doc, nextAt)
		else {
			const before = places.length
			addPlaces(one, at++, next, nextAt++, places)
			if (places.length === before) continue
			docs.push(doc)
			starts.push(places.length)
		}
	}
	return createPostings(Uint32Array.from(docs), Uint32Array.from(starts), Uint16Array.from(places))
}

function addPlaces(one: Postings, at: number, next: Postings, nextAt: number, places: number[]): void {
	const nextEnd = next.starts[nextAt + 1] as number
	const end = one.starts[at + 1] as number
	for (let index = one.starts[at] as number; index < end; index++) {
		const place = one.places[index] as number
		const isInTitle = fieldOf(place) === fields.title
		let isFollowed = false
		for (let other = next.starts[nextAt] as number; other < nextEnd; other++) {
			const further = (next.places[other] as number) - place
			// A joined form stands at both of its ends: the `tshirt` of `T-Shirt red` is followed by `red` at its second place.
			if (further === nextPosition || further === 0 || (further === 2 * nextPosition && isAlsoNext(one, index, end)))
				isFollowed = true
			// Words that end the head of a title are in the head together.
			if (isInTitle && further === nextPosition + fields.head) places.push(place + fields.head)
		}
		if (isFollowed) places.push(place)
	}
}

function isAlsoNext({ places }: Postings, index: number, end: number): boolean {
	const next = (places[index] as number) + nextPosition
	for (let other = index + 1; other < end; other++) if (places[other] === next) return true
	return false
}
