import { editDistances } from './edit-distance.ts'

/** A condition that a product must meet to be found. */
export type SearchTerm = {
	/** The product has any of these words. */
	words: string[]
	/** Whether a word may also be the beginning of a longer one. */
	begun: boolean
}

/** One term for each word as it stands. The caller may still be typing the last one. */
export function plainTerms(words: readonly string[]): SearchTerm[] {
	return words.map((word, index) => ({ words: [word], begun: index === words.length - 1 }))
}

/**
 * The terms with typos forgiven: a word that no product has is joined by the nearest words that products have.
 *
 * @param similarWords the words of products that look like a misspelled word, by that word
 */
export function forgivingTerms(words: readonly string[], similarWords: ReadonlyMap<string, string[]>): SearchTerm[] {
	return plainTerms(words).map(({ words: [word = ''], begun }) => {
		const candidates = (similarWords.get(word) ?? []).map((candidate) => ({
			candidate,
			...editDistances(word, candidate),
		}))
		const typos = Math.min(...candidates.map(({ whole, beginning }) => (begun ? beginning : whole)))
		if (typos === 0 || typos > forgivenTypos(word)) return { words: [word], begun }
		const possible = candidates.filter(({ whole, beginning }) => (begun ? beginning : whole) === typos)
		// Of words with the same beginning, the shortest stands for all.
		const nearest = Math.min(...possible.map(({ whole }) => whole))
		const meant = possible.filter(({ whole }) => whole === nearest).map(({ candidate }) => candidate)
		return { words: [word, ...meant], begun }
	})
}

// Short words forgive no typo: one letter makes another word of them. Search engines do the same.
function forgivenTypos(word: string): number {
	if (word.length < 4) return 0
	return word.length < 8 ? 1 : 2
}
