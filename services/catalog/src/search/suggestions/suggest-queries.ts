import type { SuggestionKind as KindName } from '@mercat/catalog-api/messages/SuggestionKind'
import type { SuggestQueriesRequest__Output as Request } from '@mercat/catalog-api/messages/SuggestQueriesRequest'
import type { SuggestQueriesResponse as Response } from '@mercat/catalog-api/messages/SuggestQueriesResponse'
import type { Budget } from '@mercat/service/budget'
import { invalidField } from '../../errors/catalog-error.ts'
import type { Columns, ColumnsView } from '../columns/columns.ts'
import { type CompleteQueryNeeds, completeQuery } from './complete-query.ts'
import { type CorrectQueryNeeds, correctQuery } from './correct-query.ts'
import { mixSuggestions, type Suggested, type SuggestionKind } from './mix-suggestions.ts'
import { createNameIndex } from './name-index.ts'
import { type SpellWordsNeeds, spellWords } from './spell-words.ts'
import { eachSpelling, foldedName, textWords } from './text-words.ts'
import { createTitleSpellings } from './title-spellings.ts'

export type SuggestQueriesNeeds = Omit<CompleteQueryNeeds & CorrectQueryNeeds & SpellWordsNeeds, 'spellings'> & {
	columns: Pick<Columns, 'refresh'>
}

const longestPrefix = 20_000
const usualLimit = 8
const mostAgeMs = 500
const largestLimit = 20

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
	const complete = completeQuery({ ...needs, spellings })
	const spell = spellWords({ ...needs, spellings })
	const correct = correctQuery(needs)
	const brandsOf = createNameIndex()
	const categoriesOf = createNameIndex('/')
	let recent: { view: ColumnsView; readAt: number } | undefined

	return async ({ prefix, limit }: Request, budget: Budget): Promise<Response> => {
		if (prefix.length > longestPrefix) throw invalidField('prefix', `must have at most ${longestPrefix} characters`)
		if (limit < 0) throw invalidField('limit', 'must not be negative')
		const name = foldedName(prefix)
		if (name === '') return { suggestions: [] }
		const most = Math.min(limit || usualLimit, largestLimit)
		const suggested = await suggest(prefix, name, most, budget)
		const suggestions = mixSuggestions(suggested, prefix, most)
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
		const brand = brandsOf(view.brands).find(name, most)
		const category = categoriesOf(view.categories).find(name, most)
		const { queries, titles } = await complete(prefix, view, budget)
		if (queries.length + titles.length + brand.length + category.length > 0) {
			return { query: queries, brand, category, product: titles }
		}
		const misspelled = correct(prefix)
		if (misspelled === undefined) return {}
		const inTitles = await spell(misspelled.meanings, view, budget)
		const corrected = misspelled.correct((word) => inTitles(word) || spellingOfName(word, view))
		if (corrected === undefined) return {}
		const meant = await complete(corrected, view, budget)
		const correction = meant.isWhole ? [corrected] : meant.queries.slice(0, 1)
		const correctedName = foldedName(corrected)
		return {
			correction,
			query: meant.queries,
			brand: brandsOf(view.brands).find(correctedName, most),
			category: categoriesOf(view.categories).find(correctedName, most),
			product: meant.titles,
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
