import type { AnalysedQuery, QueryWord } from '../analysis/query-words.ts'
import { alternativeWeights } from './alternative-weights.ts'
import { phraseTerm } from './phrase-term.ts'
import type { Alternative, QueryPlan } from './query-plan.ts'
import { type SynonymNeeds, synonymAlternatives } from './synonym-alternatives.ts'
import { type WordTerm, type WordTermNeeds, wordTerm } from './word-term.ts'

export type PlanQueryNeeds = WordTermNeeds & SynonymNeeds

/** The terms of a query, each with all ways in which a product can have it. */
export function planQuery(query: AnalysedQuery, needs: PlanQueryNeeds): QueryPlan {
	const { words } = query
	// A query of words like "the" only asks for them.
	const isRestricted = words.some((word) => !word.isFunctionWord && !word.isExcluded)
	const plan: QueryPlan = {
		terms: [],
		excluded: [],
		skuKey: words.some(({ isExcluded }) => !isExcluded) || words.length === 0 ? query.skuKey : '',
	}
	for (const [index, word] of words.entries()) {
		if (word.phrase !== undefined && words[index - 1]?.phrase === word.phrase) continue
		const { term, beginnings } = termAt(index, query, needs)
		if (beginnings.length > 0) plan.unfinished = { term: plan.terms.length, beginnings }
		if (word.isExcluded) plan.excluded.push(term)
		else plan.terms.push({ ...term, isOptional: word.phrase === undefined && word.isFunctionWord && isRestricted })
	}
	return plan
}

function termAt(index: number, query: AnalysedQuery, needs: PlanQueryNeeds): WordTerm {
	const { words } = query
	const word = words[index] as QueryWord
	if (word.phrase !== undefined) {
		return { term: phraseTerm(words.filter(({ phrase }) => phrase === word.phrase)), beginnings: [] }
	}
	const { term, beginnings } = wordTerm(word, needs)
	if (!word.isExcluded) term.alternatives.push(...spansOver(index, query), ...synonymAlternatives(words, index, needs))
	return { term, beginnings }
}

/** Words that are joined with their neighbours: a product that has `tshirt` has both words of `t shirt`. */
function spansOver(index: number, { spans }: AnalysedQuery): Alternative[] {
	return spans
		.filter(({ from, to }) => from <= index && index <= to)
		.flatMap(({ alternatives }) => alternatives)
		.map(({ tokens, kind }): Alternative => ({ tokens, kind: 'form', weight: joinedWeight * alternativeWeights[kind] }))
}

const joinedWeight = 0.97
