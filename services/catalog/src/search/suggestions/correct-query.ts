import type { AnalysedQuery, QueryWord } from '../analysis/query-words.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'

export type CorrectQueryNeeds = {
	analyse(text: string): AnalysedQuery
	vocabulary: Pick<Vocabulary, 'completions' | 'docsWith' | 'similarWords'>
}

const shortestWithOneEdit = 4
const shortestWithTwoEdits = 8

/** The query with each word that no product has replaced by the nearest word; undefined when there is no such word. */
export function correctQuery({ analyse, vocabulary }: CorrectQueryNeeds) {
	return (text: string): string | undefined => {
		const query = analyse(text)
		let corrected = ''
		let end = 0
		let hasCorrection = false
		for (const word of query.words) {
			const meant = nearestWord(word)
			if (meant === undefined) continue
			hasCorrection = true
			corrected += query.text.slice(end, word.start) + meant
			end = word.end
		}
		return hasCorrection ? corrected + query.text.slice(end) : undefined
	}

	function nearestWord({ word, mayBeCorrected, mayBeUnfinished, isExcluded }: QueryWord): string | undefined {
		if (!mayBeCorrected || isExcluded || word.length < shortestWithOneEdit || isKnown(word, mayBeUnfinished)) {
			return undefined
		}
		const edits = word.length < shortestWithTwoEdits ? 1 : 2
		return vocabulary.similarWords(word, { edits, fromBeginning: mayBeUnfinished, most: 1 })[0]?.word
	}

	function isKnown(word: string, mayBeUnfinished: boolean): boolean {
		return vocabulary.docsWith(word) > 0 || (mayBeUnfinished && vocabulary.completions(word, 1).length > 0)
	}
}
