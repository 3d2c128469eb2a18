import type { PreviousFilter, PreviousQuery } from './previous-query.ts'
import { matchingOf, type Placeholder, parameters } from './search-condition.ts'
import type { SearchTerm } from './search-terms.ts'

/** Matches above this number are not counted. */
export const mostCounted = 10_000
const mostFacetValues = 50

// Every page has the ascending order of the key, then of the sku.
const sortKeys: Record<PreviousFilter['order'], string> = {
	relevance: '-score',
	price: 'amount_minor',
	'price desc': '-amount_minor',
	newest: '-(extract(epoch from created_at) * 1000000)::bigint',
}

type Matching = { query: PreviousQuery; terms: readonly SearchTerm[]; filter: PreviousFilter }
type Page = { after: { sortKey: number; sku: string } | undefined; size: number }

/** The statement for one page of matches, their count and their facets. It returns one row. */
export function matchesStatement(
	{ query, terms, filter }: Matching,
	{ after, size }: Page,
): { text: string; values: unknown[] } {
	const { values, $ } = parameters()
	const { matching, score } = matchingOf(query, terms, $)
	const text = `
		with matched as materialized (
			select p.sku, p.category, p.brand, p.amount_minor, p.created_at, ${score} as score,
				s.on_hand > s.held as in_stock,
				${inCategories(filter.categories, $)} as category_wanted,
				${filter.brands.length === 0 ? 'true' : `p.brand = any(${$(filter.brands)}::text[])`} as brand_wanted,
				${filter.inStock ? 's.on_hand > s.held' : 'true'} as stock_wanted
			from product p join stock s using (sku)
			where ${[matching, 'not p.archived', ...priceConditions(filter, $)].join(' and ')}
		), hits as (
			select sku, ${sortKeys[filter.order]} as sort_key from matched where category_wanted and brand_wanted and stock_wanted
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

function inCategories(categories: readonly string[], $: Placeholder): string {
	if (categories.length === 0) return 'true'
	return `exists (
		select from unnest(${$(categories)}::text[]) as wanted where starts_with(p.category || '/', wanted || '/')
	)`
}

function priceConditions({ currency, minAmountMinor, maxAmountMinor }: PreviousFilter, $: Placeholder): string[] {
	const conditions: string[] = []
	if (currency !== undefined) conditions.push(`p.currency = ${$(currency)}`)
	if (minAmountMinor !== undefined) conditions.push(`p.amount_minor >= ${$(minAmountMinor)}::bigint`)
	if (maxAmountMinor !== undefined) conditions.push(`p.amount_minor <= ${$(maxAmountMinor)}::bigint`)
	return conditions
}

// A product counts for its category and for each category above it.
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

/** The most frequent values of some counts, as JSON. */
function facet(counts: string): string {
	return `(
		select coalesce(json_agg(most_frequent), '[]') from (
			select value, count from (${counts}) as counts order by count desc, value collate "C" limit ${mostFacetValues}
		) as most_frequent
	)`
}
