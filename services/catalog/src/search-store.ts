import type { Database } from '@mercat/database/database'
import type { Cursor } from './page-token.ts'
import type { Search, SearchOrder } from './search-request.ts'

type FacetValue = { value: string; count: number }

export type Matches = {
	hits: { sku: string; sortKey: number }[]
	hasMore: boolean
	totalSize: number
	totalSizeExact: boolean
	facets: { field: string; values: FacetValue[] }[]
}

type Page = { mode: Cursor['mode']; after: Cursor | undefined; size: number }

type MatchesRow = {
	page: Matches['hits']
	counted: number
	categories: FacetValue[]
	brands: FacetValue[]
	stock: FacetValue[]
}

const mostCounted = 10_000
const mostFacetValues = 50

// Below this likeness of a word, nothing is a typo of it; a swap of two letters in a word of five has 0.33.
const leastSimilarity = 0.3

// Of the best match's score, what a match needs at least to be shown beside it.
const similarToBest = 0.7

/** Full-text search over one database's products. */
export function createSearchStore(database: Database) {
	return {
		async hasWords({ words, sku }: Search): Promise<boolean> {
			const { values, $ } = parameters()
			const matching = matchesWords($(wordsQuery(words)), $(skuSpellings(sku)))
			const rows = await database.query(`select from product p where not archived and ${matching} limit 1`, values)
			return rows.length > 0
		},

		async findMatches(search: Search, page: Page): Promise<Matches> {
			const { text, values } = matchesQuery(search, page)
			const [row] =
				page.mode === 'similar'
					? await database.transaction(async (transaction) => {
							await transaction.query(`set local pg_trgm.word_similarity_threshold = ${leastSimilarity}`)
							return transaction.query<MatchesRow>(text, values)
						})
					: await database.query<MatchesRow>(text, values)
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

function matchesQuery(search: Search, { mode, after, size }: Page): { text: string; values: unknown[] } {
	const { values, $ } = parameters()
	const { matching, score } = matchingIn(mode, search, $)
	const text = `
		with scored as materialized (
			select p.sku, p.category, p.brand, p.amount_minor, p.created_at, ${score} as score,
				s.on_hand > s.held as in_stock,
				${inCategories(search.categories, $)} as category_wanted,
				${search.brands.length === 0 ? 'true' : `p.brand = any(${$(search.brands)}::text[])`} as brand_wanted,
				${search.inStock ? 's.on_hand > s.held' : 'true'} as stock_wanted
			from product p join stock s using (sku)
			where ${[matching, 'not p.archived', ...priceConditions(search, $)].join(' and ')}
		), matched as (
			select * from scored
			${mode === 'similar' ? `where score >= (select max(score) from scored) * ${similarToBest}` : ''}
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
			${facet(categoryPaths)} as categories,
			${facet(`select brand as value from matched where category_wanted and stock_wanted and brand <> ''`)} as brands,
			${facet('select in_stock::text as value from matched where category_wanted and brand_wanted')} as stock`
	return { text, values }
}

/** The condition on product `p` that the mode makes of the words, and an integer that grows with relevance. */
function matchingIn(mode: Cursor['mode'], { words, sku }: Search, $: Placeholder): { matching: string; score: string } {
	if (mode === 'list') return { matching: 'true', score: '0::bigint' }
	if (mode === 'similar') {
		const placeholders = words.map((word) => `${$(word)}::text`)
		return {
			matching: placeholders.map((word) => `${word} <% p.search_text`).join(' and '),
			score: `((${placeholders.map((word) => `word_similarity(${word}, p.search_text)`).join(' + ')}) * 1000000)::bigint`,
		}
	}
	const query = $(wordsQuery(words))
	const skus = $(skuSpellings(sku))
	const whole = $(words.join(' & '))
	// Whole words count for more than begun ones, and those as they stand for more than by their stem.
	// However many words of a product begin alike, they count as one.
	const rank = `
		2 * ts_rank(p.search_document, to_tsquery('simple', ${whole}))
		+ ts_rank(p.search_document, to_tsquery('english', ${whole}))
		+ least(ts_rank(p.search_document, to_tsquery('simple', ${query})), 0.6)`
	return {
		matching: matchesWords(query, skus),
		score: `(((${rank}) * 1000000)::bigint + case when p.sku = any(${skus}::text[]) then 1000000000 else 0 end)`,
	}
}

function matchesWords(query: string, skus: string): string {
	const words = `p.search_document @@ (to_tsquery('simple', ${query}) || to_tsquery('english', ${query}))`
	return `(${words} or p.sku = any(${skus}::text[]))`
}

/** For `to_tsquery`. Words are letters, digits and their marks only, so that none of its operators is among them. */
function wordsQuery(words: readonly string[]): string {
	return words.length === 0 ? '' : `${words.join(' & ')}:*`
}

function skuSpellings(sku: string | undefined): string[] {
	return sku === undefined ? [] : [sku, sku.toUpperCase(), sku.toLowerCase()]
}

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
const categoryPaths = `
	select array_to_string(parts[:depth], '/') as value
	from (select string_to_array(category, '/') as parts from matched where brand_wanted and stock_wanted) as categorised,
		generate_subscripts(parts, 1) as depth`

/** @param values a select of one column `value`, a row for each count */
function facet(values: string): string {
	return `(
		select coalesce(json_agg(counted), '[]') from (
			select value, count(*) from (${values}) as counted
			group by value order by count(*) desc, value collate "C" limit ${mostFacetValues}
		) as counted
	)`
}
