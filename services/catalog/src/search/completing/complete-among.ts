import type { Budget } from '@mercat/service/budget'
import type { ColumnsView } from '../columns/columns.ts'
import type { IndexAnswer, SearchIndex } from '../index/search-index.ts'
import { docsWithAll } from '../matching/find-docs.ts'
import { termLists } from '../matching/term-lists.ts'
import type { Postings } from '../segments/postings.ts'
import { completionWeight } from '../understanding/alternative-weights.ts'
import { mostTokensOfBeginning } from '../understanding/index-query.ts'
import type { Alternative, Beginning, QueryPlan } from '../understanding/query-plan.ts'
import { docsBeside, someDocs } from './docs-beside.ts'
import { type ProductWordsNeeds, productWords } from './product-words.ts'
import { postingsAmong, tokensWith } from './words-of-docs.ts'

export type CompleteAmongNeeds = ProductWordsNeeds & { index: SearchIndex }

/** A plan with the postings of its tokens. */
export type ReadPlan = { plan: QueryPlan; answer: IndexAnswer }

// The texts of more products would take longer to read than a search may take.
const mostDocs = 64
const mostCompletions = 100
// Of a sample, the postings of each completion are read.
const mostCompletionsOfSample = 10

const hasDigit = /\p{N}/u

/**
 * Adds the completions of the last word that the products with the other words have. The plan has only the most frequent ones, and
 * the first ones of a number, because thousands of words can begin with a letter or two.
 */
export function completeAmong({ readTexts, index }: CompleteAmongNeeds) {
	const readWords = productWords({ readTexts })

	return async (read: ReadPlan, view: ColumnsView, budget: Budget): Promise<ReadPlan> => {
		let { plan, answer } = read
		const { unfinished } = plan
		if (unfinished === undefined) return read
		const left: Beginning[] = []
		for (const beginning of unfinished.beginnings) {
			const found = await completionsOf(beginning, { plan, answer }, view, budget)
			if (!found.isWhole) left.push(beginning)
			plan = withAlternatives(plan, unfinished.term, found.alternatives)
			answer = { ...answer, postings: new Map([...answer.postings, ...found.postings]) }
		}
		return {
			plan: { ...plan, unfinished: left.length === 0 ? undefined : { ...unfinished, beginnings: left } },
			answer,
		}
	}

	/** `isWhole` when no doc with the other words has another completion. */
	async function completionsOf(
		{ before, beginning }: Beginning,
		{ plan, answer }: ReadPlan,
		view: ColumnsView,
		budget: Budget,
	): Promise<{ alternatives: Alternative[]; postings: Map<string, Postings[]>; isWhole: boolean }> {
		const none = { alternatives: [], postings: new Map() }
		const postingsOf = (token: string) => answer.postings.get(token) ?? []
		const left = plan.unfinished?.term ?? 0
		if (isRead(beginning, answer)) return { ...none, isWhole: true }
		const beside = docsBeside(plan, { left, before }, postingsOf, view)
		if (beside === undefined) return { ...none, isWhole: false }
		const { docs, isWhole } = someDocs(beside, mostDocs, view)
		if (docs.length === 0) return { ...none, isWhole }
		if (!isWhole && !hasDigit.test(beginning) && hasCompletion(beside)) return { ...none, isWhole }
		const words = await readWords(docs, view, budget)
		const most = isWhole ? mostCompletions : mostCompletionsOfSample
		const all = tokensWith(beginning, words.values())
		const tokens = all.slice(0, most)
		const known = new Set(plan.terms[left]?.alternatives.map((alternative) => alternative.tokens.join(' ')))
		const alternatives = tokens
			.map((token) => completionOf(before, beginning, token))
			.filter((alternative) => !known.has(alternative.tokens.join(' ')))
		const unread = tokens.filter((token) => !answer.postings.has(token))
		const postings = isWhole
			? new Map(unread.map((token) => [token, [postingsAmong(token, words)]]))
			: unread.length === 0
				? new Map<string, Postings[]>()
				: (await index.read({ tokens: unread }, budget)).postings
		return { alternatives, postings, isWhole: isWhole && tokens.length === all.length }

		function hasCompletion(others: Uint32Array): boolean {
			const term = plan.terms[left]
			if (term === undefined) return false
			const { lists } = termLists(term, postingsOf, (typed) => answer.tokensOf.get(typed) ?? [])
			const found = docsWithAll([[{ postings: { docs: others } }], lists], [])
			return found.some((doc) => view.isFindable(doc))
		}
	}
}

/** Whether all tokens with the beginning are in the answer. */
function isRead(beginning: string, { tokensOf }: IndexAnswer): boolean {
	const tokens = tokensOf.get(beginning)
	return tokens !== undefined && tokens.length < mostTokensOfBeginning
}

function completionOf(before: string[], beginning: string, token: string): Alternative {
	return { tokens: [...before, token], kind: 'completion', weight: completionWeight(beginning, token, false) }
}

function withAlternatives(plan: QueryPlan, at: number, alternatives: Alternative[]): QueryPlan {
	const terms = plan.terms.map((term, index) =>
		index === at ? { ...term, alternatives: [...term.alternatives, ...alternatives] } : term,
	)
	return { ...plan, terms }
}
