/** How an alternative comes from the word that was typed, the best first. */
export type AlternativeKind = 'exact' | 'form' | 'stem' | 'synonym' | 'completion' | 'compound' | 'corrected'

/** One way in which a product can have a term: a token, or tokens that stand next to each other in one field. */
export type Alternative = {
	tokens: string[]
	kind: AlternativeKind
	/** From 0 to 1: what an occurrence counts beside one of the word as it was typed. */
	weight: number
	/** Of a corrected word: the word that was probably meant. */
	correction?: string
	/** How far the correction is from the word that was typed. */
	distance?: number
}

/** The beginning of a token that the caller may still be typing, right after other tokens. */
export type Beginning = { before: string[]; beginning: string }

/** A condition that a product meets with any of the alternatives. */
export type Term = {
	/** As it was typed, folded. */
	word: string
	/** Where it is in the normal form of the query. */
	start: number
	end: number
	alternatives: Alternative[]
	/** A product may be without it: a word such as "the". */
	isOptional: boolean
	/** The caller may still be typing the word, which has digits: tokens that begin so count as completions. */
	beginnings?: Beginning[]
	/** The words that it consists of. They count one by one when only a part of the query is found. */
	parts?: Term[]
}

export type QueryPlan = {
	terms: Term[]
	/** Terms that a product must not have. */
	excluded: Term[]
	/** The query as a sku: folded, without separators. Empty when it cannot be one. */
	skuKey: string
	/** The last word, when not all of its completions are in the plan. */
	unfinished?: UnfinishedWord
}

export type UnfinishedWord = {
	/** The index of its term. */
	term: number
	beginnings: Beginning[]
}
