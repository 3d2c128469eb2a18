import type { QueryWord } from '../analysis/query-words.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import { isShortUmlaut } from '../vocabulary/vocabulary-word.ts'
import { alternativeWeights } from './alternative-weights.ts'
import type { Alternative } from './query-plan.ts'

const mostCompounds = 20
const mostSplits = 3

// The halves of a word that many products have are read for nothing.
const mostDocsOfSplitWord = 50

// Letters between the parts of a German compound: Arbeitsschuhe, Taschenlampe, Kinderstuhl.
const linkingLetters = /(?:en|er|es|[ens])$/

const shortestHead = 3

type Crossed = { alternatives: Alternative[]; halves: string[] }
type CrossingVocabulary = Pick<Vocabulary, 'docsWith' | 'endings' | 'splits'>

/** {@link crossBorders} of the word in all of its spellings: `ol` and `oel` of `öl`. */
export function crossAllBorders({ word, alternatives }: QueryWord, vocabulary: CrossingVocabulary): Crossed {
	const spellings = alternatives.flatMap(({ tokens, kind }) => (kind === 'exact' && tokens.length === 1 ? tokens : []))
	const crossed = [...new Set([word, ...spellings])].map((spelling) => crossBorders(spelling, vocabulary))
	return { alternatives: crossed.flatMap((one) => one.alternatives), halves: crossed[0]?.halves ?? [] }
}

/**
 * Compounds that end with the word, and the two words that it is glued of, next to each other. The two words of the best split are
 * `halves` when no product has the word.
 */
export function crossBorders(word: string, vocabulary: CrossingVocabulary): Crossed {
	const docs = vocabulary.docsWith(word)
	const compounds = vocabulary
		.endings(word, mostCompounds)
		// `ring` is no part of `engineering`. Only a word that no product has may be a part of anything.
		.filter((compound) => docs === 0 || isShortUmlaut(word) || isHead(compound.word.slice(0, -word.length), vocabulary))
		.map(
			(compound): Alternative => ({ tokens: [compound.word], kind: 'compound', weight: alternativeWeights.compound }),
		)
	const splits = docs > mostDocsOfSplitWord ? [] : vocabulary.splits(word).slice(0, mostSplits)
	const glued = splits.map((tokens): Alternative => ({ tokens, kind: 'compound', weight: alternativeWeights.split }))
	return { alternatives: [...compounds, ...glued], halves: docs === 0 ? (splits[0] ?? []) : [] }
}

function isHead(head: string, { docsWith }: Pick<Vocabulary, 'docsWith'>): boolean {
	const unlinked = head.replace(linkingLetters, '')
	return docsWith(head) > 0 || (unlinked.length >= shortestHead && docsWith(unlinked) > 0)
}
