import type { PreviousQuery } from './previous-query.ts'
import type { SearchTerm } from './search-terms.ts'

/** The values of a statement that is built from parts: `$(value)` adds a value and returns its placeholder. */
export function parameters() {
	const values: unknown[] = []
	return { values, $: (value: unknown) => `$${values.push(value)}` }
}

export type Placeholder = (value: unknown) => string

/** The condition on product `p` that a search sets, and an integer that grows with relevance. */
export function matchingOf(
	{ isListing, sku }: PreviousQuery,
	terms: readonly SearchTerm[],
	$: Placeholder,
): { matching: string; score: string } {
	if (isListing) return { matching: 'true', score: '0::bigint' }
	const query = $(termsQuery(terms))
	const whole = $(termsQuery(terms.map(({ words }) => ({ words, begun: false }))))
	const skus = $(skuSpellings(sku))
	// The last word of a term is the one that the caller most likely means.
	const meant = $(terms.map(({ words }) => words.at(-1)).join(' '))
	// A whole word counts for more than a prefix, a word as it stands for more than its stem, and adjacent words for more
	// than scattered ones. The cap makes all words with the same prefix count as one.
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

/** The condition on product `p` that it has the terms of the query, or one of the skus. */
export function matchesTerms(query: string, skus: string): string {
	const terms = `p.search_document @@ (to_tsquery('simple', ${query}) || to_tsquery('english', ${query}))`
	return `(${terms} or p.sku = any(${skus}::text[]))`
}

/** The terms for `to_tsquery`. Words have letters, digits and marks only, so none contains an operator. */
export function termsQuery(terms: readonly SearchTerm[]): string {
	return terms
		.map(({ words, begun }) => `(${words.map((word) => `${word}${begun ? ':*' : ''}`).join(' | ')})`)
		.join(' & ')
}

/** The spellings of a sku that a search finds. */
export function skuSpellings(sku: string | undefined): string[] {
	return sku === undefined ? [] : [sku, sku.toUpperCase(), sku.toLowerCase()]
}
