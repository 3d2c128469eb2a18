import type { ColumnsView } from '../columns/columns.ts'
import type { IndexAnswer } from '../index/search-index.ts'
import type { Postings } from '../segments/postings.ts'
import type { QueryPlan, Term } from '../understanding/query-plan.ts'
import { unionOfDocs } from './postings-lists.ts'
import { skuPartLists } from './sku-part.ts'
import { type TermList, type TermLists, termLists } from './term-lists.ts'

/** A query with the postings of its terms. */
export type PreparedQuery = {
	terms: TermLists[]
	excluded: TermList[][]
	/** The products whose sku is the whole query. */
	skuDocs: Uint32Array
}

export function prepareQuery(plan: QueryPlan, answer: IndexAnswer, view: ColumnsView): PreparedQuery {
	const postingsOf = (token: string): readonly Postings[] => answer.postings.get(token) ?? []
	const tokensFrom = (beginning: string): readonly string[] => answer.tokensOf.get(beginning) ?? []
	const prepare = (term: Term): TermLists => {
		const prepared = termLists(term, postingsOf, tokensFrom)
		// A number that no product has as a word can be a part of a sku. Reading all skus takes some milliseconds.
		if (prepared.lists.length === 0 && hasDigit.test(term.word)) prepared.lists = skuPartLists(term.word, view)
		return { ...prepared, parts: (term.parts ?? []).map(prepare) }
	}
	return {
		terms: plan.terms.map(prepare),
		excluded: plan.excluded.map((term) => prepare(term).lists),
		skuDocs: unionOfDocs(plan.skuKey === '' ? [] : postingsOf(`#${plan.skuKey}`).map(({ docs }) => docs)),
	}
}

const hasDigit = /\p{N}/u
