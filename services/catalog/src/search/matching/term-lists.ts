import type { Postings } from '../segments/postings.ts'
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

/**
 * @param postingsOf the postings of a token, in parts that have no doc in common
 * @param tokensFrom the tokens with a beginning
 */
export function termLists(
	{ alternatives, beginning, isOptional }: Term,
	postingsOf: (token: string) => readonly Postings[],
	tokensFrom: (beginning: string) => readonly string[],
): TermLists {
	const completions = beginning === undefined ? [] : tokensFrom(beginning).filter((token) => token !== beginning)
	const all: Alternative[] = [
		...alternatives,
		...completions.map((token): Alternative => ({ tokens: [token], kind: 'completion', weight: completionWeight })),
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

function listsOf(
	{ tokens, kind, weight, correction }: Alternative,
	postingsOf: (token: string) => readonly Postings[],
): TermList[] {
	const parts = tokens.map(postingsOf)
	if (parts.some((part) => part.length === 0)) return []
	const found = tokens.length === 1 ? parts.flat() : [adjacentPostings(parts.map(joinPostings))]
	return found
		.filter(({ docs }) => docs.length > 0)
		.map((postings) => ({ postings, kind, weight, length: tokens.length, correction }))
}
