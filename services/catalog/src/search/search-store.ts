import type { Database } from '@mercat/database/database'
import { planAnew } from '@mercat/database/fixed-plans'
import type { Budget } from '@mercat/service/budget'
import type { Cursor, Search, SearchOrder } from './search-request.ts'
import type { SearchTerm } from './search-terms.ts'

type FacetValue = { value: string; count: number }

export type Matches = {
	hits: { sku: string; sortKey: number }[]
	hasMore: boolean
	totalSize: number
	totalSizeExact: boolean
	facets: { field: string; values: FacetValue[] }[]
}

type Page = { after: Pick<Cursor, 'sku' | 'sortKey'> | undefined; size: number }

type MatchesRow = {
	page: Matches['hits']
	counted: number
	categories: FacetValue[]
	brands: FacetValue[]
	stock: FacetValue[]
}

const mostCounted = 10_000
const mostFacetValues = 50

// Two letters swapped in a word of four leave this much likeness of its trigrams.
const leastSimilarity = 0.2

// Of what looks like a word, so much is looked at more closely, to bound the time that it takes.
const mostSimilarTexts = 5_000
const mostSimilarWords = 100

export type SearchStore = ReturnType<typeof createSearchStore>

/** Full-text search over one database's products. */
export function createSearchStore(database: Database) {
	const settings = `${planAnew}; set local pg_trgm.word_similarity_threshold = ${leastSimilarity}`

	/** What is the best way to find something depends on the words. */
	async function find<R>(text: string, values: readonly unknown[], budget: Budget): Promise<R[]> {
		return database.transaction(async ({ query, queryAndCommit }) => {
			const [, rows] = await Promise.all([query(settings), queryAndCommit<R>(text, values)])
			return rows
		}, budget)
	}

	return {
		/** Whether there is any match, whatever the filter. */
		async hasMatches({ sku }: Search, terms: readonly SearchTerm[], budget: Budget): Promise<boolean> {
			const { values, $ } = parameters()
			const matching = matchesTerms($(termsQuery(terms)), $(skuSpellings(sku)))
			const text = `select from product p where not archived and ${matching} limit 1`
			return (await find(text, values, budget)).length > 0
		},

		/** For each word that no product has, words of skus, titles, brands and categories that look like it. */
		async findSimilarWords(words: readonly string[], budget: Budget): Promise<Map<string, string[]>> {
			const rows = await find<{ word: string; similar: string[] }>(similarWords, [words], budget)
			return new Map(rows.map(({ word, similar }) => [word, similar]))
		},

		async findMatches(search: Search, terms: readonly SearchTerm[], page: Page, budget: Budget): Promise<Matches> {
			const { text, values } = matchesQuery(search, terms, page)
			const [row] = await find<MatchesRow>(text, values, budget)
			if (row === undefined) throw new Error('a select without from gives one row')
			return {
				hits: row.page.slice(0, page.size),
				hasMore: row.page.length > page.size,
				totalSize: Math.min(row.counted, mostCounted),
				totalSizeExact: row.counted <= mostCounted,
				facets: [
					{ field: 'category', values: row.categories },
					{ field: 'brand', values: row.brands },
					{ field: 'in_stock', values: row.stock },
				],
			}
		},
	}
}

/** The values of a statement that is put together from parts: `$(value)` adds one and gives its placeholder. */
function parameters() {
	const values: unknown[] = []
	return { values, $: (value: unknown) => `$${values.push(value)}` }
}

type Placeholder = (value: unknown) => string

// Every page is in ascending order of the key, then of the sku.
const sortKeys: Record<SearchOrder, string> = {
	relevance: '-score',
	price: 'amount_minor',
	'price desc': '-amount_minor',
	newest: '-(extract(epoch from created_at) * 1000000)::bigint',
}

function matchesQuery(
	search: Search,
	terms: readonly SearchTerm[],
	{ after, size }: Page,
): { text: string; values: unknown[] } {
	const { values, $ } = parameters()
	const { matching, score } = matchingOf(search, terms, $)
	const text = `
		with matched as materialized (
			select p.sku, p.category, p.brand, p.amount_minor, p.created_at, ${score} as score,
				s.on_hand > s.held as in_stock,
				${inCategories(search.categories, $)} as category_wanted,
				${search.brands.length === 0 ? 'true' : `p.brand = any(${$(search.brands)}::text[])`} as brand_wanted,
				${search.inStock ? 's.on_hand > s.held' : 'true'} as stock_wanted
			from product p join stock s using (sku)
			where ${[matching, 'not p.archived', ...priceConditions(search, $)].join(' and ')}
		), hits as (
			select sku, ${sortKeys[search.order]} as sort_key from matched where category_wanted and brand_wanted and stock_wanted
		), page as (
			select sku, sort_key from hits
			${after === undefined ? '' : `where (sort_key, sku) > (${$(after.sortKey)}::bigint, ${$(after.sku)}::text)`}
			order by sort_key, sku
			limit ${$(size + 1)}::int
		)
		select
			(select coalesce(json_agg(json_build_object('sku', sku, 'sortKey', sort_key) order by sort_key, sku), '[]') from page)
				as page,
			(select count(*) from (select from hits limit ${mostCounted + 1}) as counted) as counted,
			${categoryFacet} as categories,
			${brandFacet} as brands,
			${stockFacet} as stock`
	return { text, values }
}

/** The condition on product `p` that the search is for, and an integer that grows with relevance. */
function matchingOf(
	{ isListing, sku }: Search,
	terms: readonly SearchTerm[],
	$: Placeholder,
): { matching: string; score: string } {
	if (isListing) return { matching: 'true', score: '0::bigint' }
	const query = $(termsQuery(terms))
	const whole = $(termsQuery(terms.map(({ words }) => ({ words, begun: false }))))
	const skus = $(skuSpellings(sku))
	// The word that is meant stands last.
	const meant = $(terms.map(({ words }) => words.at(-1)).join(' '))
	// Whole words count for more than begun ones, those as they stand for more than by their stem, and
	// those that stand together for more than others. However many words begin alike, they count as one.
	const rank = `
		2 * ts_rank(p.search_document, to_tsquery('simple', ${whole}))
		+ ts_rank(p.search_document, to_tsquery('english', ${whole}))
		+ 0.25 * least(ts_rank(p.search_document, to_tsquery('simple', ${query})), 0.6)
		+ word_similarity(${meant}, p.search_text)`
	return {
		matching: matchesTerms(query, skus),
		score: `(((${rank}) * 1000000)::bigint + case when p.sku = any(${skus}::text[]) then 1000000000 else 0 end)`,
	}
}

function matchesTerms(query: string, skus: string): string {
	const terms = `p.search_document @@ (to_tsquery('simple', ${query}) || to_tsquery('english', ${query}))`
	return `(${terms} or p.sku = any(${skus}::text[]))`
}

/** For `to_tsquery`. Words are letters, digits and their marks only, so that none of its operators is among them. */
function termsQuery(terms: readonly SearchTerm[]): string {
	return terms
		.map(({ words, begun }) => `(${words.map((word) => `${word}${begun ? ':*' : ''}`).join(' | ')})`)
		.join(' & ')
}

function skuSpellings(sku: string | undefined): string[] {
	return sku === undefined ? [] : [sku, sku.toUpperCase(), sku.toLowerCase()]
}

const similarWords = `
		select word, array(
			-- Planned for all of its rows, so that it uses the index; read only as far as the limit.
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
		)`

function inCategories(categories: readonly string[], $: Placeholder): string {
	if (categories.length === 0) return 'true'
	return `exists (
		select from unnest(${$(categories)}::text[]) as wanted where starts_with(p.category || '/', wanted || '/')
	)`
}

function priceConditions({ currency, minAmountMinor, maxAmountMinor }: Search, $: Placeholder): string[] {
	const conditions: string[] = []
	if (currency !== undefined) conditions.push(`p.currency = ${$(currency)}`)
	if (minAmountMinor !== undefined) conditions.push(`p.amount_minor >= ${$(minAmountMinor)}::bigint`)
	if (maxAmountMinor !== undefined) conditions.push(`p.amount_minor <= ${$(maxAmountMinor)}::bigint`)
	return conditions
}

// A product counts for its category and for each that is above it.
const categoryFacet = facet(`
	select array_to_string(parts[:depth], '/') as value, sum(count)::bigint as count
	from (
		select string_to_array(category, '/') as parts, count(*) from matched
		where brand_wanted and stock_wanted group by category
	) as categorised, generate_subscripts(parts, 1) as depth
	group by value`)

const brandFacet = facet(`
	select brand as value, count(*) from matched
	where category_wanted and stock_wanted and brand <> '' group by brand`)

const stockFacet = facet(`
	select in_stock::text as value, count(*) from matched
	where category_wanted and brand_wanted group by in_stock`)

/** The most frequent values as JSON. */
function facet(counts: string): string {
	return `(
		select coalesce(json_agg(most_frequent), '[]') from (
			select value, count from (${counts}) as counts order by count desc, value collate "C" limit ${mostFacetValues}
		) as most_frequent
	)`
}
