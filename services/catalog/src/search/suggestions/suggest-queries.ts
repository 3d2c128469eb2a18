import type { SuggestionKind as KindName } from '@mercat/catalog-api/messages/SuggestionKind'
import type { SuggestQueriesRequest__Output as Request } from '@mercat/catalog-api/messages/SuggestQueriesRequest'
import type { SuggestQueriesResponse as Response } from '@mercat/catalog-api/messages/SuggestQueriesResponse'
import { invalidField } from '@mercat/grpc-service/invalid-request'
import type { Budget } from '@mercat/service/budget'
import { LRUCache } from 'lru-cache'
import type { Columns, ColumnsView } from '../columns/columns.ts'
import { type CompleteQueryNeeds, completeQuery } from './complete-query.ts'
import { type CorrectQueryNeeds, correctQuery } from './correct-query.ts'
import { mixSuggestions, type Suggested, type Suggestion, type SuggestionKind } from './mix-suggestions.ts'
import { createNameIndex } from './name-index.ts'
import { type SamplePostingsNeeds, samplePostings } from './sample-postings.ts'
import { type SpellWordsNeeds, spellWords } from './spell-words.ts'
import { eachSpelling, foldedName, textWords } from './titles/text-words.ts'
import { createTitleMemory, type TitleMemoryNeeds } from './titles/title-memory.ts'
import { createTitleSpellings } from './titles/title-spellings.ts'

export type SuggestQueriesNeeds = Omit<
	CompleteQueryNeeds & CorrectQueryNeeds & SpellWordsNeeds,
	'readSamples' | 'spellings' | 'titlesOf'
> &
	TitleMemoryNeeds &
	SamplePostingsNeeds & { columns: Pick<Columns, 'refresh'> }

const longestPrefix = 20_000
// No name and no title is longer.
const longestName = 500
const usualLimit = 8
const mostAgeMs = 500
const mostAnswers = 2_000
const mostAgeOfAnswerMs = 2_000
const largestLimit = 20

// Nobody looks for the brand of a word that is left out, as in `mug -lind`. A number below zero leaves out nothing.
const leavesOut = /(?:^|\s)-\p{L}\S*$/u
const noNames = { brand: [], category: [] }

const kindNames: Record<SuggestionKind, KindName> = {
	query: 'SUGGESTION_KIND_QUERY',
	product: 'SUGGESTION_KIND_PRODUCT',
	brand: 'SUGGESTION_KIND_BRAND',
	category: 'SUGGESTION_KIND_CATEGORY',
	correction: 'SUGGESTION_KIND_CORRECTION',
}

/** Completes a query while it is typed. */
export function suggestQueries(needs: SuggestQueriesNeeds) {
	const spellings = createTitleSpellings()
	const titlesOf = createTitleMemory(needs)
	const reading = { ...needs, readSamples: samplePostings(needs), spellings, titlesOf }
	const complete = completeQuery(reading)
	const spell = spellWords(reading)
	const correct = correctQuery(needs)
	const brandsOf = createNameIndex()
	const categoriesOf = createNameIndex('/')
	// Most people type the same few letters first.
	const answers = new LRUCache<string, Suggestion[]>({ max: mostAnswers, ttl: mostAgeOfAnswerMs })
	let recent: { view: ColumnsView; readAt: number } | undefined

	return async ({ prefix, limit }: Request, budget: Budget): Promise<Response> => {
		if (prefix.length > longestPrefix) throw invalidField('prefix', `must have at most ${longestPrefix} characters`)
		if (limit < 0) throw invalidField('limit', 'must not be negative')
		const name = foldedName(prefix.trimStart().slice(0, longestName))
		if (name === '') return { suggestions: [] }
		const most = Math.min(limit || usualLimit, largestLimit)
		const question = `${most} ${prefix}`
		const suggestions = answers.get(question) ?? mixSuggestions(await suggest(prefix, name, most, budget), name, most)
		if (prefix.length <= longestName && !answers.has(question)) answers.set(question, suggestions)
		return { suggestions: suggestions.map(({ text, kind }) => ({ text, kind: kindNames[kind] })) }
	}

	// Many letters are typed in a second. They need no look at the database each.
	async function recentView(budget: Budget): Promise<ColumnsView> {
		if (recent === undefined || performance.now() - recent.readAt > mostAgeMs) {
			recent = { view: await needs.columns.refresh(budget), readAt: performance.now() }
		}
		return recent.view
	}

	async function suggest(prefix: string, name: string, most: number, budget: Budget): Promise<Suggested> {
		const view = await recentView(budget)
		const { brand, category } = leavesOut.test(prefix) ? noNames : namesOf(name, most, view)
		const { queries, titles } = await complete(prefix, most, view, budget)
		if (queries.length + titles.length + brand.length + category.length > 0) {
			return { query: queries, brand, category, product: titles }
		}
		const misspelled = correct(prefix)
		if (misspelled === undefined) return {}
		const inTitles = await spell(misspelled.meanings, view, budget)
		const corrected = misspelled.correct((word) => inTitles(word) || spellingOfName(word, view))
		if (corrected === undefined) return {}
		const meant = await complete(corrected, most, view, budget)
		const correction = meant.isWhole ? [corrected] : meant.queries.slice(0, 1)
		return {
			correction,
			query: meant.queries,
			...namesOf(foldedName(corrected), most, view),
			product: meant.titles,
		}
	}

	// Of a category that is typed whole, the categories below it are next.
	function namesOf(name: string, most: number, view: ColumnsView) {
		const categories = categoriesOf(view.categories)
		return {
			brand: brandsOf(view.brands).find(name, most),
			category: [...categories.find(name, most), ...categories.findLonger(name, most)],
		}
	}

	/** How a brand or a category writes a word. */
	function spellingOfName(word: string, view: ColumnsView): string | undefined {
		const names = [...brandsOf(view.brands).find(word, 1), ...categoriesOf(view.categories).find(word, 1)]
		let found: string | undefined
		for (const name of names) {
			eachSpelling(textWords(name), (folded, spelling) => {
				if (folded === word) found ??= spelling
			})
		}
		return found
	}
}
