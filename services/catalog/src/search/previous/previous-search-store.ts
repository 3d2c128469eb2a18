import type { Database } from '@mercat/database/database'
import { planAnew } from '@mercat/database/fixed-plans'
import type { BuiltStatement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import { type FacetValue, type PreviousQuery, type PreviousSearch, previousQuery } from './previous-query.ts'
import { matchesTerms, parameters, skuSpellings, termsQuery } from './search-condition.ts'
import { matchesStatement, mostCounted } from './search-statement.ts'
import { forgivingTerms, plainTerms, type SearchTerm } from './search-terms.ts'

type MatchesRow = {
	page: { sku: string; sortKey: number }[]
	counted: number
	categories: FacetValue[]
	brands: FacetValue[]
	stock: FacetValue[]
}

// A word of four letters with two of them swapped has this similarity of trigrams to the right word.
const leastSimilarity = 0.2

// Bounds for the time that one misspelled word may take.
const mostSimilarTexts = 5_000
const mostSimilarWords = 100

/**
 * The search of the version before, by the columns `search_document` and `search_text`. It answers until the first build of
 * the index has ended. This folder, these columns and pg_trgm can go with the version after the next release, which no
 * database without the index starts.
 */
export function createPreviousSearch(database: Database): PreviousSearch {
	const settings = {
		summary: 'set-search-planning',
		text: `${planAnew}; set local pg_trgm.word_similarity_threshold = ${leastSimilarity}`,
	}

	// The best plan depends on the words of the search.
	async function find<R>(statement: BuiltStatement, values: readonly unknown[], budget: Budget): Promise<R[]> {
		return database.transaction(async ({ query, queryAndCommit }) => {
			const [, rows] = await Promise.all([query(settings), queryAndCommit<R>(statement, values)])
			return rows
		}, budget)
	}

	// Whether any product matches the terms, whatever the filter.
	async function hasMatches({ sku }: PreviousQuery, terms: readonly SearchTerm[], budget: Budget): Promise<boolean> {
		const { values, $ } = parameters()
		const matching = matchesTerms($(termsQuery(terms)), $(skuSpellings(sku)))
		const text = `select from product p where not archived and ${matching} limit 1`
		return (await find({ summary: 'find-any-match', text }, values, budget)).length > 0
	}

	// Typos are forgiven only when no product matches the words as they stand, whatever the filter.
	async function mustForgive(query: PreviousQuery, budget: Budget): Promise<boolean> {
		return query.words.length > 0 && !(await hasMatches(query, plainTerms(query.words), budget))
	}

	async function termsOf({ words }: PreviousQuery, forgiving: boolean, budget: Budget): Promise<SearchTerm[]> {
		if (!forgiving) return plainTerms(words)
		const rows = await find<{ word: string; similar: string[] }>(findSimilarWords, [words], budget)
		return forgivingTerms(words, new Map(rows.map(({ word, similar }) => [word, similar])))
	}

	return async ({ query: text, filter, forgiving, after, size }, budget) => {
		const query = previousQuery(text)
		const isForgiving = forgiving ?? (await mustForgive(query, budget))
		const terms = await termsOf(query, isForgiving, budget)
		const statement = matchesStatement({ query, terms, filter }, { after, size })
		const [row] = await find<MatchesRow>({ summary: 'find-matches', text: statement.text }, statement.values, budget)
		if (row === undefined) throw new Error('a select without from gives one row')
		return {
			forgiving: isForgiving,
			hits: row.page.slice(0, size),
			hasMore: row.page.length > size,
			totalSize: Math.min(row.counted, mostCounted),
			totalSizeExact: row.counted <= mostCounted,
			facets: [
				{ field: 'category', values: row.categories },
				{ field: 'brand', values: row.brands },
				{ field: 'in_stock', values: row.stock },
			],
		}
	}
}

const findSimilarWords = {
	summary: 'find-similar-words',
	text: `
		select word, array(
			-- Materialized, so that it is planned for all of its rows and uses the index. It is read only up to the limit.
			with similar_texts as materialized (
				select search_text from product p where not archived and word <% p.search_text
			)
			select candidate
			from (select search_text from similar_texts limit ${mostSimilarTexts}) as looked_at,
				unnest(string_to_array(search_text, ' ')) as candidate
			group by candidate
			order by similarity(word, candidate) desc, candidate collate "C"
			limit ${mostSimilarWords}
		) as similar
		from unnest($1::text[]) as word
		where not exists (
			select from product p where not archived and p.search_document @@ plainto_tsquery('simple', word)
		)`,
}
