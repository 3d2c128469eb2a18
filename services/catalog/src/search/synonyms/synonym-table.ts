import { mapInTurns } from '../../turns/map-in-turns.ts'
import type { SynonymRule } from './synonym-rule.ts'
import { spellingsOfText } from './words-of-text.ts'

/** The synonyms of words of queries. */
export type SynonymTable = {
	/**
	 * What else adjacent words of a query may mean, in the order of the rules. Each meaning is a list of one text, as the rule
	 * has it.
	 *
	 * @param words as the analysis of a query gives them
	 */
	synonymsOf(words: readonly string[]): string[][]
	/** Whether some words that have synonyms together have this word among them. */
	isPart(word: string): boolean
	/** The most words that {@link SynonymTable.synonymsOf} knows together; 0 when it knows none. */
	longest: number
}

/** The table that has nothing. */
export const noSynonyms: SynonymTable = { synonymsOf: () => [], isPart: () => false, longest: 0 }

/** Rules are not chained: a synonym of a synonym is none. */
export async function createSynonymTable(rules: readonly SynonymRule[]): Promise<SynonymTable> {
	/** The meanings of each rule, with their own words. */
	const meaningsOf: { key: string; meaning: string }[][] = []
	/** The numbers of the rules of a word. Most words are in one rule: 200,000 lists would need much memory. */
	const rulesOf = new Map<string, number | number[]>()
	const parts = new Set<string>()
	let longest = 0

	function add(spelling: readonly string[], rule: number): void {
		const key = keyOf(spelling)
		const known = rulesOf.get(key)
		if (known === undefined) rulesOf.set(key, rule)
		else if (typeof known === 'number') rulesOf.set(key, known === rule ? rule : [known, rule])
		else if (known.at(-1) !== rule) known.push(rule)
		longest = Math.max(longest, spelling.length)
		if (spelling.length > 1) for (const word of spelling) parts.add(word)
	}

	await mapInTurns(rules, ({ words, meanings }) => {
		const spellings = meanings.map(spellingsOfText)
		const rule = meaningsOf.push(meanings.map((meaning, at) => ({ key: keyOf(spellings[at]?.[0] ?? []), meaning }))) - 1
		const known = words.length === 0 ? spellings : words.map(spellingsOfText)
		for (const spelling of known.flat()) add(spelling, rule)
	})
	return {
		synonymsOf(words) {
			const key = keyOf(words)
			const found = new Map<string, string>()
			for (const rule of [rulesOf.get(key) ?? []].flat()) {
				for (const other of meaningsOf[rule] ?? []) {
					if (other.key !== key && !found.has(other.key)) found.set(other.key, other.meaning)
				}
			}
			return [...found.values()].map((meaning) => [meaning])
		},
		isPart: (word) => parts.has(word),
		longest,
	}
}

function keyOf(words: readonly string[]): string {
	return words.join(' ')
}
