import type { Budget } from '@mercat/service/budget'
import { createTurns } from '../turns/turns.ts'
import type { AnalysedQuery } from './analysis/query-words.ts'
import type { Columns, ColumnsView } from './columns/columns.ts'
import type { ReadPlan } from './completing/complete-among.ts'
import type { SearchIndex } from './index/search-index.ts'
import { type MatchDecision, type Matched, type MatchRequest, matchProducts } from './matching/match-products.ts'
import type { SearchCursor } from './request/search-cursor.ts'
import type { Search } from './request/search-request.ts'
import type { Select, Selection } from './selecting/selection.ts'
import type { Corrections } from './understanding/corrected-query.ts'
import { indexQueryOf } from './understanding/index-query.ts'
import { planQuery } from './understanding/plan-query.ts'
import type { QueryPlan } from './understanding/query-plan.ts'
import type { Synonyms } from './understanding/synonym-alternatives.ts'
import type { Vocabulary } from './vocabulary/vocabulary.ts'

export type AnswerSearchNeeds = {
	columns: Pick<Columns, 'refresh'>
	index: SearchIndex
	vocabulary: Vocabulary
	/** The present synonyms. */
	synonyms(): Synonyms
	analyse(query: string): AnalysedQuery
	/** Adds the completions of the last word that the products with the other words have. */
	complete(read: ReadPlan, view: ColumnsView, budget: Budget): Promise<ReadPlan>
	select: Select
}

/** A page of a search, and how its products match. */
export type SearchAnswer = Selection & {
	decision: MatchDecision
	/** Undefined unless words were corrected. */
	corrected: Corrections | undefined
}

export type SearchPage = { after: SearchCursor | undefined; size: number }

/** Answers searches from the index. */
export function answerSearch(needs: AnswerSearchNeeds) {
	const { columns, index, vocabulary, synonyms, analyse, complete, select } = needs
	return async (search: Search, { after, size }: SearchPage, budget: Budget): Promise<SearchAnswer> => {
		// Postings are read after the columns. Docs that are not in the columns yet are no candidates, so no product is found twice.
		const view = await columns.refresh(budget)
		const page = { view, search, after, size, budget }
		if (search.query.trim() === '') {
			return { ...(await select({ ...page, candidates: undefined })), decision: all, corrected: undefined }
		}
		const query = analyse(search.query)
		const { plan, matched } = await match(query, { view, decided: after?.decision }, budget)
		const selection = await select({ ...page, candidates: matched.candidates })
		return {
			...selection,
			totalSizeExact: selection.totalSizeExact && !(plan.unfinished !== undefined && matched.decision.match === 'all'),
			decision: matched.decision,
			corrected: correctionsOf(query, plan, matched, view),
		}
	}

	/** Looks again, further, for words that no product has. The nearest words of the vocabulary may be those of products that are gone. */
	async function match(
		query: AnalysedQuery,
		{ view, decided }: Pick<MatchRequest, 'view' | 'decided'>,
		budget: Budget,
	): Promise<{ plan: QueryPlan; matched: Matched }> {
		const uncompleted = await read(query, decided?.unfound ?? [], budget)
		const first = await complete(uncompleted, view, budget)
		const matched = await matchProducts({ ...first, view, decided }, createTurns())
		const { unfound } = matched
		if (decided !== undefined || unfound.length === 0) return { plan: first.plan, matched }
		const known = indexQueryOf(uncompleted.plan).tokens
		const plan = planQuery(query, { vocabulary, analyse, synonyms: synonyms(), unfound })
		if (indexQueryOf(plan).tokens.every((token) => known.includes(token))) return { plan: first.plan, matched }
		const second = await complete(await read(query, unfound, budget), view, budget)
		const found = await matchProducts({ ...second, view, decided }, createTurns())
		return { plan: second.plan, matched: { ...found, decision: { ...found.decision, unfound } } }
	}

	/** Plans the query and reads the postings of its plan, with the words of products that the index has just got. */
	async function read(query: AnalysedQuery, unfound: readonly number[], budget: Budget): Promise<ReadPlan> {
		const plan = () => planQuery(query, { vocabulary, analyse, synonyms: synonyms(), unfound })
		const first = plan()
		const { version } = vocabulary
		const asked = indexQueryOf(first)
		const answer = await index.read(asked, budget)
		if (vocabulary.version === version) return { plan: first, answer }
		const second = plan()
		const wanted = indexQueryOf(second)
		const isAnswered = wanted.tokens.every((token) => asked.tokens.includes(token))
		return { plan: second, answer: isAnswered ? answer : await index.read(wanted, budget) }
	}
}

const all: MatchDecision = { match: 'all', rarities: [] }

function correctionsOf(
	{ text }: AnalysedQuery,
	{ terms }: QueryPlan,
	{ decision, best }: Matched,
	view: Pick<ColumnsView, 'sku'>,
): Corrections | undefined {
	if (decision.match !== 'corrected') return undefined
	const corrections = terms.flatMap(({ start, end }, index) => {
		const word = decision.corrections?.[index] ?? ''
		return word === '' ? [] : [{ start, end, word }]
	})
	return { text, corrections, sku: best === undefined ? '' : view.sku(best) }
}
