import type { AnalysedQuery } from '../analysis/query-words.ts'
import { distancesFrom } from '../vocabulary/nearest-words.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import { correctionWeight } from './alternative-weights.ts'
import { isUseful } from './is-useful.ts'
import type { Alternative } from './query-plan.ts'

export type CorrectWordNeeds = {
	vocabulary: Pick<Vocabulary, 'similarWords' | 'docsWith'>
	analyse(text: string): AnalysedQuery
}

const mostCorrections = 6
const mostOfThorough = 60

// Short words forgive no typo: one letter makes another word of them. Search engines do the same.
const shortestWithOneEdit = 4
const shortestWithTwoEdits = 8

/**
 * The words that were probably meant, with their own forms and stems. `isThorough` names many: the nearest ones may be words of products
 * that are gone, or parts of skus.
 */
export function correctWord(
	word: string,
	{ mayBeUnfinished, isThorough }: { mayBeUnfinished: boolean; isThorough: boolean },
	{ vocabulary, analyse }: CorrectWordNeeds,
): Alternative[] {
	if (word.length < shortestWithOneEdit) return []
	const edits = word.length < shortestWithTwoEdits ? 1 : 2
	const most = isThorough ? mostOfThorough : mostCorrections
	const similar = vocabulary.similarWords(word, { edits, fromBeginning: mayBeUnfinished, most })
	const distanceOf = distancesFrom(word)
	return similar.flatMap((correction, place) => {
		const weight = correctionWeight(correction, place)
		const alternatives = analyse(correction.word).words[0]?.alternatives ?? []
		return alternatives
			.filter((form) => isUseful(form, vocabulary))
			.map(({ tokens, kind }): Alternative => {
				const isStem = kind === 'stem'
				return {
					tokens,
					kind: 'corrected',
					weight: isStem ? weight * 0.92 : weight,
					correction: correction.word,
					distance: distanceOf(correction),
				}
			})
	})
}
