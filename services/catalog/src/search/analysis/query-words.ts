/** Tokens that stand for a word of a query: one, or several that stand next to each other in one field. */
export type WordAlternative = {
	tokens: string[]
	/** `exact`: the word as it was typed. `form`: a plural or singular that it may have, or another spelling. */
	kind: 'exact' | 'form' | 'stem'
}

export type QueryWord = {
	/** Folded, without the signs inside it: `wifi` for `Wi-Fi`. */
	word: string
	/** Where the word is in the text of the query. */
	start: number
	end: number
	/** The first one is the word as it was typed. None is empty. */
	alternatives: WordAlternative[]
	/** Whether it can be a misspelled word: 4 letters or more, of a script with spaces, and no digits. */
	mayBeCorrected: boolean
	/** Whether it is the last word, so that its end may still be missing. */
	mayBeUnfinished: boolean
	/** Whether it was typed as `-word`. */
	isExcluded: boolean
	/** Whether a query with other words means those. */
	isFunctionWord: boolean
	/** The number of the phrase in quotes to which it belongs, from 0. Its words must stand as they were typed. */
	phrase: number | undefined
	/** The words that it consists of, for a partial match: `usb` and `c` for `usb-c`. Empty for a simple word. */
	parts: QueryWord[]
}

/** Neighbouring words that may be one word: `wi fi`, `t shirt`, `BC 1010`. */
export type QuerySpan = {
	/** The index of its first word. */
	from: number
	/** The index of its last word. */
	to: number
	word: string
	alternatives: WordAlternative[]
}

export type AnalysedQuery = {
	/** The query in the form of Unicode to which `start` and `end` of words refer. */
	text: string
	/** In the order in which they were typed. */
	words: QueryWord[]
	spans: QuerySpan[]
	/** The query as a sku: folded, without separators. Empty when it cannot be one. */
	skuKey: string
}
