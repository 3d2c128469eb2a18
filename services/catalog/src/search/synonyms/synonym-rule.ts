import type { FieldViolation } from '@mercat/catalog-api/errors'
import { textProblem } from '../../errors/field-problems.ts'
import { mapInTurns } from '../../turns/map-in-turns.ts'
import { wordsOfText } from './words-of-text.ts'

/** A line of a synonym table. Each word may be several words, such as "dining table". */
export type SynonymRule = {
	/** A search for one of these finds the meanings, too. Empty when all of `meanings` mean the same. */
	words: string[]
	meanings: string[]
}

/** Rules in the order of their import, and the version of all rules. */
export type SynonymRules = { version: number; rules: SynonymRule[] }

const mostRules = 10_000
const mostWords = 20
const longestWord = 100
// A query has at most 16 words, and a phrase of more would match nearly nothing.
const mostPartsOfWord = 5
// A file of rules could not tell it from its own signs.
const notInLine = /,|=>|(^|\s)#/

/** Everything that is wrong with the rules of an import. */
export async function ruleViolations(rules: readonly SynonymRule[]): Promise<FieldViolation[]> {
	if (rules.length > mostRules) return [{ field: 'rules', description: `must have at most ${mostRules} items` }]
	const problems = await mapInTurns(rules, problemsOf)
	return problems.flatMap((ofRule, index) =>
		ofRule.map(([field, description]) => ({ field: `rules[${index}]${field}`, description })),
	)
}

/** The fields of one rule that are at fault. */
function problemsOf({ words, meanings }: SynonymRule): [field: string, problem: string][] {
	if (words.length + meanings.length > mostWords) return [['', `must have at most ${mostWords} words`]]
	if (meanings.length === 0) return [['.meanings', 'is required']]
	if (words.length === 0 && meanings.length === 1) return [['.meanings', 'must have at least 2 items without words']]
	const problems: [string, string][] = []
	for (const [field, values] of Object.entries({ words, meanings })) {
		for (const [index, value] of values.entries()) {
			const problem = wordProblem(value)
			if (problem !== undefined) problems.push([`.${field}[${index}]`, problem])
		}
	}
	return problems.length === 0 ? problemsOfMeaning(words, meanings) : problems
}

/** A rule that says of a word only that it means itself is rather a slip than a rule. */
function problemsOfMeaning(words: readonly string[], meanings: readonly string[]): [field: string, problem: string][] {
	const [first = '', ...others] = [...words, ...meanings]
	const key = keyOf(first)
	return others.some((other) => keyOf(other) !== key) ? [] : [['', 'must have 2 different words']]
}

function keyOf(word: string): string {
	return wordsOfText(word).join(' ')
}

function wordProblem(word: string): string | undefined {
	const problem = textProblem(word, { min: 1, max: longestWord })
	if (problem !== undefined) return problem
	if (notInLine.test(word)) return 'must not contain "," or "=>", nor a word that begins with "#"'
	const parts = wordsOfText(word).length
	if (parts === 0) return 'must have a letter or a digit'
	return parts > mostPartsOfWord ? `must have at most ${mostPartsOfWord} words` : undefined
}
