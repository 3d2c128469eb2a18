import type { QueryWord, WordAlternative } from '../analysis/query-words.ts'
import { stemMark } from '../analysis/runs/run-tokens.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import { isVocabularyWord } from '../vocabulary/vocabulary-word.ts'
import { alternativeWeights } from './alternative-weights.ts'
import { type Completions, completeWord } from './complete-word.ts'
import { type CorrectWordNeeds, correctWord } from './correct-word.ts'
import { crossAllBorders } from './cross-borders.ts'
import { isUseful } from './is-useful.ts'
import type { Alternative, Beginning, Term } from './query-plan.ts'

export type WordTermNeeds = CorrectWordNeeds & {
	vocabulary: Vocabulary
	/** Where words begin in the query that no product has, although the vocabulary may have them. */
	unfound: readonly number[]
}

export type WordTerm = { term: Term } & Pick<Completions, 'beginnings'>

/** A term for one word, with all that can be known from the word itself and the vocabulary. */
export function wordTerm(word: QueryWord, needs: WordTermNeeds): WordTerm {
	const { vocabulary, unfound } = needs
	if (word.isExcluded) return { term: plainTerm(word, needs), beginnings: [] }
	const isThorough = unfound.includes(word.start)
	const all = word.alternatives.filter((form) => isUseful(form, vocabulary)).map(asAlternative)
	const isWord = isVocabularyWord(word.word)
	const { completions, beginnings } = word.mayBeUnfinished ? completeWord(word, vocabulary, isThorough) : noCompletions
	const isKnown = completions.length > 0 || all.some((alternative) => showsWord(word.word, alternative, vocabulary))
	const isUnknown = isThorough || !isKnown
	const { mayBeUnfinished } = word
	const corrections =
		word.mayBeCorrected && isUnknown ? correctWord(word.word, { mayBeUnfinished, isThorough }, needs) : []
	const given = corrections.length > 0 ? all.filter((alternative) => !isMereStem(word.word, alternative)) : all
	const { alternatives: others, halves } = isWord ? crossAllBorders(word, vocabulary) : nothing
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
		parts: parts.map((part) => plainTerm(part, needs)),
	}
	if (mayBeUnfinished && !isWord) term.beginnings = beginningsOf(word)
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

/** Parts of a word, and words that are left out, are taken as they stand. */
function plainTerm(part: QueryWord, { vocabulary }: WordTermNeeds): Term {
	const alternatives = part.alternatives.filter((form) => isUseful(form, vocabulary)).map(asAlternative)
	return { word: part.word, start: part.start, end: part.end, alternatives, isOptional: false }
}

/** A number is often one of several words (`rtx 4`), and the last part of a word with digits may be unfinished (`205/5`). */
function beginningsOf({ word, alternatives }: QueryWord): Beginning[] {
	const sequences = alternatives.filter(({ tokens, kind }) => tokens.length > 1 && kind === 'exact')
	const ofParts = sequences.map(({ tokens }) => ({ before: tokens.slice(0, -1), beginning: tokens.at(-1) ?? '' }))
	return [{ before: [], beginning: word }, ...ofParts]
}

/**
 * Whether the stem shares only a beginning with the word: `selfe` is rather a misspelled `selfie` than a form of `self`, and `cooking`
 * is a form of `cook`.
 */
function isMereStem(word: string, { tokens, kind }: Alternative): boolean {
	const stem = tokens.at(-1)?.replace(stemMark, '') ?? ''
	return kind === 'stem' && stem !== word && word.startsWith(stem) && !ending.test(word.slice(stem.length))
}

const ending = /^(?:.?(?:ings?|ed|ers?)|e?s)$/

/**
 * Whether a product has the alternative, so that the word is no typo. A stem shows it only for a plural: `earing` is rather a misspelled
 * `earring` than a form of `ear`.
 */
function showsWord(word: string, { tokens, kind }: Alternative, vocabulary: Vocabulary): boolean {
	return (kind !== 'stem' || isPlural(word, tokens)) && tokens.every((token) => vocabulary.docsWith(token) > 0)
}

function isPlural(word: string, tokens: readonly string[]): boolean {
	const stem = tokens.at(-1)?.replace(stemMark, '') ?? ''
	return word.endsWith('s') && word.length - stem.length <= 3
}

function asAlternative({ tokens, kind }: WordAlternative): Alternative {
	return { tokens, kind, weight: alternativeWeights[kind] }
}
