import type { Budget } from '@mercat/service/budget'
import type { AnalysedQuery } from './analysis/query-words.ts'
import type { Columns, ColumnsView } from './columns/columns.ts'
import { createTurns } from './columns/turns.ts'
import type { ReadPlan } from './completing/complete-among.ts'
import type { SearchIndex } from './index/search-index.ts'
import { type MatchDecision, type Matched, matchProducts } from './matching/match-products.ts'
import type { SearchCursor } from './request/search-cursor.ts'
import type { Search } from './request/search-request.ts'
import type { Select, Selection } from './selecting/selection.ts'
import { correctedQuery } from './understanding/corrected-query.ts'
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
	/** Empty unless words were corrected. */
	correctedQuery: string
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
			return { ...(await select({ ...page, candidates: undefined })), decision: all, correctedQuery: '' }
		}
		const query = analyse(search.query)
		const { plan, answer } = await complete(await read(query, budget), view, budget)
		const matched = await matchProducts({ plan, answer, view, decided: after?.decision }, createTurns())
		const selection = await select({ ...page, candidates: matched.candidates })
		return {
			...selection,
			totalSizeExact: selection.totalSizeExact && !(plan.unfinished !== undefined && matched.decision.match === 'all'),
			decision: matched.decision,
			correctedQuery: correctedQueryOf(query, plan, matched),
		}
	}

	/** Plans the query and reads the postings of its plan, with the words of products that the index has just got. */
	async function read(query: AnalysedQuery, budget: Budget): Promise<ReadPlan> {
		const plan = () => planQuery(query, { vocabulary, analyse, synonyms: synonyms() })
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

function correctedQueryOf(query: AnalysedQuery, { terms }: QueryPlan, { decision, corrections }: Matched): string {
	return decision.match === 'corrected' ? correctedQuery(query.text, terms, corrections) : ''
}
