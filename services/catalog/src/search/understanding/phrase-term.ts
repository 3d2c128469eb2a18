import type { QueryWord } from '../analysis/query-words.ts'
import type { Alternative, Term } from './query-plan.ts'

const mostSpellings = 16

/** A term for words in quotes: they stand next to each other, in their order. */
export function phraseTerm(words: readonly QueryWord[]): Term {
	let spellings: string[][] = [[]]
	for (const { alternatives } of words) {
		const exact = alternatives.filter(({ kind }) => kind !== 'stem')
		spellings = spellings
			.flatMap((tokens) => exact.map((alternative) => [...tokens, ...alternative.tokens]))
			.slice(0, mostSpellings)
	}
	return {
		word: words.map(({ word }) => word).join(' '),
		start: words[0]?.start ?? 0,
		end: words.at(-1)?.end ?? 0,
		alternatives: spellings.map((tokens): Alternative => ({ tokens, kind: 'exact', weight: 1 })),
		isOptional: false,
	}
}
