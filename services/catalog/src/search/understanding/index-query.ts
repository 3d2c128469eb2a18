import type { IndexQuery } from '../index/search-index.ts'
import type { QueryPlan, Term } from './query-plan.ts'

/** Of more tokens with one beginning, only the first ones in their order are read. */
export const mostTokensOfBeginning = 50

/** The part of the index that a plan needs. */
export function indexQueryOf({ terms, excluded, skuKey }: QueryPlan): IndexQuery {
	const tokens = new Set<string>()
	const beginnings = new Set<string>()
	const add = ({ alternatives, beginnings: unfinished = [], parts = [] }: Term) => {
		for (const alternative of alternatives) for (const token of alternative.tokens) tokens.add(token)
		for (const { before, beginning } of unfinished) {
			beginnings.add(beginning)
			for (const token of before) tokens.add(token)
		}
		parts.forEach(add)
	}
	for (const term of [...terms, ...excluded]) add(term)
	if (skuKey !== '') tokens.add(`#${skuKey}`)
	return {
		tokens: [...tokens],
		beginnings: Array.from(beginnings, (beginning) => ({ beginning, most: mostTokensOfBeginning })),
	}
}
