import type { QueryWord, WordAlternative } from '../analysis/query-words.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import { isVocabularyWord } from '../vocabulary/vocabulary-word.ts'
import { alternativeWeights } from './alternative-weights.ts'
import { completeWord } from './complete-word.ts'
import { type CorrectWordNeeds, correctWord } from './correct-word.ts'
import { crossBorders } from './cross-borders.ts'
import type { Alternative, Term } from './query-plan.ts'

export type WordTermNeeds = CorrectWordNeeds & { vocabulary: Vocabulary }

const shortestBeginning = 2

/** A term for one word, with all that can be known from the word itself and the vocabulary. */
export function wordTerm(word: QueryWord, needs: WordTermNeeds): { term: Term; isCut: boolean } {
	const { vocabulary } = needs
	const given = word.alternatives.filter((form) => isUseful(form, vocabulary)).map(asAlternative)
	const isWord = isVocabularyWord(word.word)
	const { completions, isCut } =
		word.mayBeUnfinished && isWord ? completeWord(word, vocabulary) : { completions: [], isCut: false }
	const isKnown = completions.length > 0 || given.some(({ tokens }) => isKnownWord(tokens, vocabulary))
	const corrections = word.mayBeCorrected && !isKnown ? correctWord(word.word, word.mayBeUnfinished, needs) : []
	const term: Term = {
		word: word.word,
		start: word.start,
		end: word.end,
		alternatives: [...given, ...completions, ...(isWord ? crossBorders(word.word, vocabulary) : []), ...corrections],
		isOptional: false,
		parts: word.parts.map((part) => wordTerm({ ...part, mayBeUnfinished: false, mayBeCorrected: false }, needs).term),
	}
	if (word.mayBeUnfinished && !isWord && word.word.length >= shortestBeginning) term.beginning = word.word
	return { term, isCut }
}

/** A form is one of many guesses, so it must be a word that products have. */
function isUseful({ tokens, kind }: WordAlternative, vocabulary: Vocabulary): boolean {
	const [token = ''] = tokens
	return kind !== 'form' || tokens.length > 1 || !isVocabularyWord(token) || vocabulary.docsWith(token) > 0
}

function asAlternative({ tokens, kind }: WordAlternative): Alternative {
	return { tokens, kind, weight: alternativeWeights[kind] }
}

function isKnownWord(tokens: readonly string[], vocabulary: Vocabulary): boolean {
	return tokens.every((token) => vocabulary.docsWith(token.replace('*', '')) > 0)
}
