import { mapInTurns } from '../../products/map-in-turns.ts'
import { foldedWords } from '../previous/search-text.ts'
import type { SynonymRule } from './synonym-rule.ts'

/** The synonyms of words, by their folded forms. */
export type SynonymTable = {
	/**
	 * What else adjacent words of a query may mean: a sequence of folded words for each synonym, without the words themselves.
	 * The order is that of the rules.
	 */
	synonymsOf(words: readonly string[]): readonly string[][]
	/** The most words that {@link SynonymTable.synonymsOf} knows together; 0 when it knows none. */
	longest: number
}

/** The table that has nothing. */
export const noSynonyms: SynonymTable = { synonymsOf: () => [], longest: 0 }

/** Rules are not chained: a synonym of a synonym is none. */
export async function createSynonymTable(rules: readonly SynonymRule[]): Promise<SynonymTable> {
	const meaningsByWord = new Map<string, Map<string, string[]>>()
	let longest = 0
	await mapInTurns(rules, ({ words, meanings }) => {
		const folded = meanings.map(foldedWords)
		for (const word of words.length === 0 ? folded : words.map(foldedWords)) {
			const key = keyOf(word)
			const known = meaningsByWord.get(key) ?? new Map()
			for (const meaning of folded) if (keyOf(meaning) !== key) known.set(keyOf(meaning), meaning)
			meaningsByWord.set(key, known)
			longest = Math.max(longest, word.length)
		}
	})
	return {
		synonymsOf: (words) => [...(meaningsByWord.get(keyOf(words))?.values() ?? [])],
		longest,
	}
}

function keyOf(words: readonly string[]): string {
	return words.join(' ')
}
