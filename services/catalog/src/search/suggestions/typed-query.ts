import type { AnalysedQuery, QueryWord } from '../analysis/query-words.ts'

/** A query as far as it is typed. */
export type TypedQuery = {
	/** All words before the one that is being typed. */
	before: QueryWord[]
	/** The text before the word that is being typed. */
	head: string
	/** The word that is being typed; undefined after a blank. */
	last: QueryWord | undefined
}

export function typedQuery({ text, words }: AnalysedQuery): TypedQuery {
	const last = words.at(-1)
	if (last?.mayBeUnfinished !== true || last.isExcluded) return { before: words, head: text, last: undefined }
	return { before: words.slice(0, -1), head: text.slice(0, last.start), last }
}
