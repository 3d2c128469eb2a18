import type { Budget } from '@mercat/service/budget'
import type { AnalysedQuery, QueryWord } from '../analysis/query-words.ts'
import type { ColumnsView } from '../columns/columns.ts'
import type { SearchIndex } from '../index/search-index.ts'
import { commonDocs, findableDocs } from './common-docs.ts'
import { type ReadWordsNeeds, readWords } from './read-words.ts'
import { type FoundDocs, sampleDocs } from './sample-docs.ts'
import { type TextWord, textWords } from './text-words.ts'
import { typedQuery } from './typed-query.ts'

export type CompleteQueryNeeds = ReadWordsNeeds & {
	analyse(text: string): AnalysedQuery
	index: SearchIndex
	/** The titles of those of the products that are not archived, in any order. */
	readTitles(skus: readonly string[], budget: Budget): Promise<string[]>
}

/** What a query can become. */
export type Completions = {
	/** The query with its last word completed, the completion of most products first. */
	queries: string[]
	/** The titles of products that have its words, the shortest first. */
	titles: string[]
	/** Whether products have all of its words as they stand. */
	isWhole: boolean
}

const mostSampled = 20
const shortestForTitles = 3

/** Completes a query by the words that stand beside its other words in products. */
export function completeQuery(needs: CompleteQueryNeeds) {
	const { analyse, vocabulary, readTitles } = needs
	const read = readWords(needs)
	return async (text: string, view: ColumnsView, budget: Budget): Promise<Completions> => {
		const { before, head, last } = typedQuery(analyse(text))
		const begun = last?.word ?? ''
		const required = before.filter(({ isExcluded, isFunctionWord }) => !isExcluded && !isFunctionWord)
		const { completions, listsOf } = await read(required, last, budget)
		const docsOf = (tokens: readonly string[]) => {
			const lists = listsOf(tokens)
			return lists === undefined ? undefined : findableDocs(lists, view)
		}
		const tokensOf = ({ alternatives }: QueryWord) => alternatives.flatMap(({ tokens }) => tokens)
		const base = commonDocs(required.map((word) => docsOf(tokensOf(word))))
		const whole = last === undefined ? base : commonDocs([base, docsOf(tokensOf(last))])
		const completed = completions.map(({ word }) => ({ word, docs: commonDocs([base, docsOf([word])]) }))

		const all = [...required.flatMap(tokensOf), ...(last === undefined ? [] : tokensOf(last))]
		const found: FoundDocs[] = [
			...completed.map(({ word, docs }) => ({ docs: docs ?? none, lists: listsOf([word]) ?? [] })),
			{ docs: whole ?? none, lists: listsOf(all) ?? [] },
		]
		const mayHaveTitles = required.length > 0 || begun.length >= shortestForTitles
		const sampled = mayHaveTitles ? sampleDocs(found, mostSampled) : []
		const titles = (await titlesOf(sampled, view, budget)).filter(({ words }) => hasWords(words, required, begun))
		const spelled = new Map(
			titles.flatMap(({ words }) => words.map(({ folded, word }) => [folded, word.toLowerCase()])),
		)
		return {
			queries: completed
				.filter(({ docs }) => docs === undefined || docs.length > 0)
				.sort((one, other) => (base === undefined ? 0 : (other.docs?.length ?? 0) - (one.docs?.length ?? 0)))
				.map(({ word }) => head + (spelled.get(word) ?? word)),
			titles: titles.map(({ title }) => title),
			isWhole: whole === undefined ? last === undefined || vocabulary.docsWith(begun) > 0 : whole.length > 0,
		}
	}

	async function titlesOf(docs: readonly number[], view: ColumnsView, budget: Budget) {
		if (docs.length === 0) return []
		const skus = docs.map((doc) => view.sku(doc))
		const titles = await readTitles(skus, budget)
		return titles
			.sort((one, other) => one.length - other.length || (one < other ? -1 : 1))
			.map((title) => ({ title, words: textWords(title) }))
	}
}

const none = new Uint32Array()

function hasWords(title: readonly TextWord[], required: readonly QueryWord[], begun: string): boolean {
	const has = (beginning: string) => title.some(({ folded }) => folded.startsWith(beginning))
	return (begun === '' || has(begun)) && required.every(({ word }) => has(word))
}
