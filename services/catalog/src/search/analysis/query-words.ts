/** One way in which a product can have a word: a token, or tokens that stand next to each other. */
export type QueryForm = { tokens: string[]; kind: 'exact' | 'form' | 'stem' }

export type QueryWord = {
	word: string
	alternatives: QueryForm[]
	mayBeCorrected: boolean
	mayBeUnfinished: boolean
	isExcluded: boolean
	isFunctionWord: boolean
	phrase: number | undefined
	start: number
	end: number
	parts: QueryWord[]
}

export type QuerySpan = { from: number; to: number; tokens: string[]; kind: 'exact' | 'form' | 'stem' }

export type AnalysedQuery = { text: string; words: QueryWord[]; spans: QuerySpan[]; skuKey: string }
