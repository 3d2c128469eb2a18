import { mapInTurns } from '../../products/map-in-turns.ts'
import type { SynonymRule } from './synonym-rule.ts'
import { wordsOfText } from './words-of-text.ts'

/** The synonyms of words of queries. */
export type SynonymTable = {
	/**
	 * What else adjacent words of a query may mean, in the order of the rules. Each meaning is a list of one text, as the rule
	 * has it.
	 *
	 * @param words as the analysis of a query gives them
	 */
	synonymsOf(words: readonly string[]): string[][]
	/** The most words that {@link SynonymTable.synonymsOf} knows together; 0 when it knows none. */
	longest: number
}

/** The table that has nothing. */
export const noSynonyms: SynonymTable = { synonymsOf: () => [], longest: 0 }

/** Rules are not chained: a synonym of a synonym is none. */
export async function createSynonymTable(rules: readonly SynonymRule[]): Promise<SynonymTable> {
	/** For each word, its meanings by their own words. */
	const meaningsOf = new Map<string, Map<string, string>>()
	let longest = 0
	await mapInTurns(rules, ({ words, meanings }) => {
		const keys = meanings.map((meaning) => keyOf(wordsOfText(meaning)))
		for (const word of words.length === 0 ? meanings : words) {
			const parts = wordsOfText(word)
			const key = keyOf(parts)
			const known = meaningsOf.get(key) ?? new Map<string, string>()
			for (const [index, meaning] of meanings.entries()) {
				const other = keys[index]
				if (other !== undefined && other !== key && !known.has(other)) known.set(other, meaning)
			}
			meaningsOf.set(key, known)
			longest = Math.max(longest, parts.length)
		}
	})
	return {
		synonymsOf: (words) => [...(meaningsOf.get(keyOf(words))?.values() ?? [])].map((meaning) => [meaning]),
		longest,
	}
}

function keyOf(words: readonly string[]): string {
	return words.join(' ')
}
