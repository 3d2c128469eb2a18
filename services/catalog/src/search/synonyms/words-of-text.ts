import { analyseQuery } from '../analysis/analyse-query.ts'

// Most words of a table are so. The analysis leaves them as they are, and takes long for 200,000 of them.
const plainWords = /^[a-z]{1,40}(?: [a-z]{1,40})*$/

/** The words of a text, as the analysis of a query gives them. */
export function wordsOfText(text: string): string[] {
	const lower = text.toLowerCase()
	if (plainWords.test(lower)) return lower.split(' ')
	return analyseQuery(text).words.map(({ word }) => word)
}
