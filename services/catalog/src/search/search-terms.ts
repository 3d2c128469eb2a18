import { editDistances } from './edit-distance.ts'

/** Something that a product must have to be found. */
export type SearchTerm = {
	/** Any of these. */
	words: string[]
	/** Whether a word may also be the beginning of one. */
	begun: boolean
}

/** One term for each word as it stands; the last one may still be being typed. */
export function plainTerms(words: readonly string[]): SearchTerm[] {
	return words.map((word, index) => ({ words: [word], begun: index === words.length - 1 }))
}

/**
 * The terms with typos forgiven: beside each word that products do not have stand those that they do
 * have and that are nearest to it.
 *
 * @param similarWords for words that may be typos, words of products that look like them
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
		// Of words that begin alike, the shortest stands for all.
		const nearest = Math.min(...possible.map(({ whole }) => whole))
		const meant = possible.filter(({ whole }) => whole === nearest).map(({ candidate }) => candidate)
		return { words: [word, ...meant], begun }
	})
}

// As search engines do it: a short word with a typo is another word.
function forgivenTypos(word: string): number {
	if (word.length < 4) return 0
	return word.length < 8 ? 1 : 2
}
