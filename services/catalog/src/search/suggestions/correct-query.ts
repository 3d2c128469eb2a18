import type { AnalysedQuery, QueryWord } from '../analysis/query-words.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'

export type CorrectQueryNeeds = {
	analyse(text: string): AnalysedQuery
	vocabulary: Pick<Vocabulary, 'completions' | 'docsWith' | 'similarWords'>
}

/** A query with misspelled words. */
export type MisspelledQuery = {
	/** The words that may be meant. */
	meanings: string[]
	/**
	 * The query with each misspelled word replaced by the first of its meanings that `spell` can spell; undefined when one has
	 * none.
	 */
	correct(spell: (word: string) => string | undefined): string | undefined
}

const shortestWithOneEdit = 4
const shortestWithTwoEdits = 8
// The nearest words may be words of skus, which nobody means.
const mostMeanings = 6

/** The words of a query that no product has, and the words nearest to them; undefined when there is no such word. */
export function correctQuery({ analyse, vocabulary }: CorrectQueryNeeds) {
	return (typed: string): MisspelledQuery | undefined => {
		const { text, words } = analyse(typed)
		const misspelled = words.flatMap((word) => {
			const meanings = nearestWords(word)
			return meanings === undefined ? [] : [{ ...word, meanings }]
		})
		if (misspelled.length === 0) return undefined
		return {
			meanings: misspelled.flatMap(({ meanings }) => meanings),
			correct(spell) {
				let corrected = ''
				let at = 0
				for (const { start, end, meanings } of misspelled) {
					const spelling = meanings.map(spell).find((meant) => meant !== undefined && meant !== '')
					if (spelling === undefined) return undefined
					corrected += text.slice(at, start) + spelling
					at = end
				}
				return corrected + text.slice(at)
			},
		}
	}

	function nearestWords({ word, mayBeCorrected, mayBeUnfinished, isExcluded }: QueryWord): string[] | undefined {
		if (!mayBeCorrected || isExcluded || word.length < shortestWithOneEdit || isKnown(word, mayBeUnfinished)) {
			return undefined
		}
		const edits = word.length < shortestWithTwoEdits ? 1 : 2
		const similar = vocabulary.similarWords(word, { edits, fromBeginning: mayBeUnfinished, most: mostMeanings })
		return similar.map((meant) => meant.word)
	}

	function isKnown(word: string, mayBeUnfinished: boolean): boolean {
		return vocabulary.docsWith(word) > 0 || (mayBeUnfinished && vocabulary.completions(word, 1).length > 0)
	}
}
