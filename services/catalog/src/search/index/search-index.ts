import type { Budget } from '@mercat/service/budget'
import type { Postings } from '../segments/postings.ts'

/** A part of the index that one search needs. */
export type IndexQuery = {
	/** Whole tokens. */
	tokens: readonly string[]
	/** Beginnings of tokens, such as `#kt1`: the postings of at most `most` tokens with each of them. */
	beginnings?: readonly { beginning: string; most: number }[]
}

export type IndexAnswer = {
	/** The postings of each token that any doc has; a token may have several, in any order, and no doc comes twice in them. */
	postings: Map<string, Postings[]>
	/** The tokens with each beginning that was asked for. */
	tokensOf: Map<string, string[]>
}

export type SearchIndex = {
	/** Reads the index as it is at one moment, not before the call. Dead docs are still in it. */
	read(query: IndexQuery, budget: Budget): Promise<IndexAnswer>
}
