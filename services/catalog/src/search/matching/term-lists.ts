import { fieldOf, fields } from '../analysis/product-tokens.ts'
import { createPostings, type Postings } from '../segments/postings.ts'
import type { Alternative, AlternativeKind, Term } from '../understanding/query-plan.ts'
import { adjacentPostings } from './adjacent-postings.ts'
import { joinPostings } from './postings-lists.ts'

/** Where one alternative of a term stands. */
export type TermList = {
	postings: Postings
	kind: AlternativeKind
	weight: number
	/** How many positions it covers. */
	length: number
	/** The word that was probably meant. */
	correction?: string
	/** How far the correction is from the word that was typed. */
	distance?: number
}

/** A term with the postings of its alternatives. No list is empty. */
export type TermLists = {
	isOptional: boolean
	lists: TermList[]
	/** Lists of corrected words, which count only when there is nothing else. */
	corrections: TermList[]
	parts: TermLists[]
}

const completionWeight = 0.72
const guessWeight = 0.8
const skuBit = 1 << fields.sku

/**
 * @param postingsOf the postings of a token, in parts that have no doc in common
 * @param tokensFrom the tokens with a beginning
 */
export function termLists(
	{ alternatives, beginnings = [], isOptional }: Term,
	postingsOf: (token: string) => readonly Postings[],
	tokensFrom: (beginning: string) => readonly string[],
): TermLists {
	const completions = beginnings.flatMap(({ before, beginning }) =>
		tokensFrom(beginning).flatMap((token) => (token === beginning ? [] : [[...before, token]])),
	)
	const all: Alternative[] = [
		...alternatives,
		...completions.map((tokens): Alternative => ({ tokens, kind: 'completion', weight: completionWeight })),
	]
	const lists = all.flatMap((alternative) => listsOf(alternative, postingsOf))
	const corrections = lists.filter(({ kind }) => kind === 'corrected')
	const plain = lists.filter(({ kind }) => kind !== 'corrected')
	return { isOptional, lists: isGuess(plain) ? [...plain.map(asGuess), ...corrections] : plain, corrections, parts: [] }
}

/** Whether no product has the word itself, so that it may be a typo of a word that has nothing to do with these lists. */
function isGuess(lists: readonly TermList[]): boolean {
	return lists.length > 0 && lists.every(({ kind }) => kind === 'stem' || kind === 'compound')
}

function asGuess(list: TermList): TermList {
	return { ...list, weight: guessWeight * list.weight }
}

/** The occurrences outside of skus. */
function withoutSkus(postings: Postings): Postings {
	if (!postings.inFields.some((bits) => (bits & skuBit) !== 0)) return postings
	const docs: number[] = []
	const starts = [0]
	const places: number[] = []
	for (const [index, doc] of postings.docs.entries()) {
		const before = places.length
		for (const place of postings.places.subarray(postings.starts[index], postings.starts[index + 1])) {
			if (fieldOf(place) !== fields.sku) places.push(place)
		}
		if (places.length === before) continue
		docs.push(doc)
		starts.push(places.length)
	}
	return createPostings(Uint32Array.from(docs), Uint32Array.from(starts), Uint16Array.from(places))
}

function listsOf(
	{ tokens, kind, weight, correction, distance }: Alternative,
	postingsOf: (token: string) => readonly Postings[],
): TermList[] {
	const parts = tokens.map(postingsOf)
	if (parts.some((part) => part.length === 0)) return []
	const found = tokens.length === 1 ? parts.flat() : [adjacentPostings(parts.map(joinPostings))]
	// Parts of skus are no words that people misspell.
	const read = kind === 'corrected' ? found.map(withoutSkus) : found
	return read
		.filter(({ docs }) => docs.length > 0)
		.map((postings) => ({ postings, kind, weight, length: tokens.length, correction, distance }))
}
