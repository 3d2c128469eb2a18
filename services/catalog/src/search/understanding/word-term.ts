import type { QueryWord, WordAlternative } from '../analysis/query-words.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import { isVocabularyWord } from '../vocabulary/vocabulary-word.ts'
import { alternativeWeights } from './alternative-weights.ts'
import { type Completions, completeWord } from './complete-word.ts'
import { type CorrectWordNeeds, correctWord } from './correct-word.ts'
import { crossBorders } from './cross-borders.ts'
import { isUseful } from './is-useful.ts'
import type { Alternative, Term } from './query-plan.ts'

export type WordTermNeeds = CorrectWordNeeds & { vocabulary: Vocabulary }

export type WordTerm = { term: Term } & Pick<Completions, 'beginnings'>

const shortestBeginning = 2

/** A term for one word, with all that can be known from the word itself and the vocabulary. */
export function wordTerm(word: QueryWord, needs: WordTermNeeds): WordTerm {
	const { vocabulary } = needs
	const given = word.alternatives.filter((form) => isUseful(form, vocabulary)).map(asAlternative)
	const isWord = isVocabularyWord(word.word)
	// `mug -st` leaves out no stoneware.
	const isUnfinished = word.mayBeUnfinished && !word.isExcluded
	const { completions, beginnings } = isUnfinished ? completeWord(word, vocabulary) : noCompletions
	const isKnown = completions.length > 0 || given.some((alternative) => showsWord(word.word, alternative, vocabulary))
	const corrections = word.mayBeCorrected && !isKnown ? correctWord(word.word, word.mayBeUnfinished, needs) : []
	const { alternatives: others, halves } = isWord ? crossBorders(word.word, vocabulary) : nothing
	const parts =
		word.parts.length > 0
			? word.parts.filter((part) => tells(part, word))
			: halves.flatMap((half) => needs.analyse(half).words)
	const term: Term = {
		word: word.word,
		start: word.start,
		end: word.end,
		alternatives: [...given, ...completions, ...others, ...corrections],
		isOptional: false,
		parts: parts.map((part) => partTerm(part, needs)),
	}
	if (isUnfinished && !isWord && word.word.length >= shortestBeginning) term.beginning = word.word
	return { term, beginnings }
}

const noCompletions: Completions = { completions: [], beginnings: [] }
const nothing = { alternatives: [], halves: [] }

const shortestPart = 3

/** Whether a part alone tells what is searched for. The `ml` of `351ml` does not, and the `iphone` of `iphone99` does. */
function tells(part: QueryWord, word: QueryWord): boolean {
	return part.word.length >= shortestPart || !hasDigit.test(word.word)
}

const hasDigit = /\p{N}/u

/** Parts of a word are taken as they stand. */
function partTerm(part: QueryWord, { vocabulary }: WordTermNeeds): Term {
	const alternatives = part.alternatives.filter((form) => isUseful(form, vocabulary)).map(asAlternative)
	return { word: part.word, start: part.start, end: part.end, alternatives, isOptional: false }
}

/**
 * Whether a product has the alternative, so that the word is no typo. A stem shows it only for a plural: `earing` is rather a misspelled
 * `earring` than a form of `ear`.
 */
function showsWord(word: string, { tokens, kind }: Alternative, vocabulary: Vocabulary): boolean {
	return (kind !== 'stem' || word.endsWith('s')) && tokens.every((token) => vocabulary.docsWith(token) > 0)
}

function asAlternative({ tokens, kind }: WordAlternative): Alternative {
	return { tokens, kind, weight: alternativeWeights[kind] }
}
