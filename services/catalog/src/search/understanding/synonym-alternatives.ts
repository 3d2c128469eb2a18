import type { AnalysedQuery, QueryWord } from '../analysis/query-words.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import { alternativeWeights } from './alternative-weights.ts'
import { isUseful } from './is-useful.ts'
import type { Alternative } from './query-plan.ts'

export type Synonyms = {
	/** The words that mean the same as these words, each as a sequence of folded words. */
	synonymsOf(words: readonly string[]): readonly string[][]
	/** Whether some words that have synonyms together have this word among them. */
	isPart(word: string): boolean
	/** The most words that have a synonym together. */
	readonly longest: number
}

export const noSynonyms: Synonyms = { synonymsOf: () => [], isPart: () => false, longest: 0 }

export type SynonymNeeds = {
	vocabulary: Pick<Vocabulary, 'docsWith'>
	synonyms: Synonyms
	analyse(text: string): AnalysedQuery
}

/** The synonyms of all words and sequences of words that cover the word at `index`. */
export function synonymAlternatives(
	words: readonly QueryWord[],
	index: number,
	{ vocabulary, synonyms, analyse }: SynonymNeeds,
): Alternative[] {
	const found: string[][] = []
	for (let length = 1; length <= synonyms.longest; length++) {
		for (let from = Math.max(0, index - length + 1); from <= index && from + length <= words.length; from++) {
			for (const spelling of spellings(words.slice(from, from + length), synonyms))
				found.push(...synonyms.synonymsOf(spelling))
		}
	}
	return found.flatMap((synonym) => asAlternatives(analyse(synonym.join(' ')).words, vocabulary))
}

// Five words with four forms each would have a thousand spellings.
const mostSpellings = 64

/** The words as they stand, and with the stems and the forms of each. */
function spellings(words: readonly QueryWord[], { isPart }: Synonyms): string[][] {
	let spelled: string[][] = [[]]
	for (const word of words) {
		const forms = words.length === 1 ? formsOf(word) : formsOf(word).filter(isPart)
		spelled = forms.flatMap((form) => spelled.map((before) => [...before, form])).slice(0, mostSpellings)
	}
	return spelled
}

function formsOf({ word, alternatives }: QueryWord): string[] {
	const single = alternatives.flatMap(({ tokens: [token, ...others] }) =>
		token === undefined || others.length > 0 ? [] : [token.replace('*', '')],
	)
	return [...new Set([word, ...single])]
}

/** A synonym of one word is found by its stem and its forms, too. */
function asAlternatives(words: readonly QueryWord[], vocabulary: SynonymNeeds['vocabulary']): Alternative[] {
	const [only, ...others] = words
	const spelled =
		only !== undefined && others.length === 0
			? only.alternatives.filter((form) => isUseful(form, vocabulary)).map(({ tokens }) => tokens)
			: [words.flatMap(({ alternatives }) => alternatives[0]?.tokens ?? [])]
	return spelled
		.filter(({ length }) => length > 0)
		.map((tokens): Alternative => ({ tokens, kind: 'synonym', weight: alternativeWeights.synonym }))
}
