import type { SearchProductsRequest } from '@mercat/catalog-api/messages/SearchProductsRequest'
import type { SearchProductsResponse__Output } from '@mercat/catalog-api/messages/SearchProductsResponse'
import type { SuggestQueriesResponse__Output } from '@mercat/catalog-api/messages/SuggestQueriesResponse'
import type { ProductList, ProductQuery } from '@mercat/order-api/product-schemas'
import type { SuggestionList } from '@mercat/order-api/suggestion-schemas'
import { toProductView } from './product-view.ts'

// The catalog would clamp a larger page size, too, but its integers are smaller than the integers of a query.
const largestPageSize = 100

/** The catalog's search for the query of `GET /v1/products`. */
export function toSearchRequest(query: ProductQuery): SearchProductsRequest {
	return {
		query: query.q,
		filter: {
			categories: query.category,
			brands: query.brand,
			inStock: query.inStock,
			currencyCode: query.currency,
			...(query.minPrice !== undefined && { minAmountMinor: query.minPrice }),
			...(query.maxPrice !== undefined && { maxAmountMinor: query.maxPrice }),
		},
		orderBy: query.orderBy,
		attributeFacets: query.attributeFacets,
		collapse: query.collapse === undefined ? 'COLLAPSE_UNSPECIFIED' : 'COLLAPSE_GROUP',
		pageSize: Math.min(query.pageSize, largestPageSize),
		pageToken: query.pageToken,
	}
}

export function toProductList(response: SearchProductsResponse__Output): ProductList {
	const { products, nextPageToken, totalSize, totalSizeExact, facets, match, correctedQuery } = response
	return {
		products: products.map(toProductView),
		nextPageToken,
		totalSize,
		totalSizeExact,
		facets,
		match: matches[match] ?? 'ALL',
		...(correctedQuery !== '' && { correctedQuery }),
	}
}

// A catalog of an earlier version does not tell it.
const matches: Partial<Record<string, string>> = { MATCH_SOME: 'SOME', MATCH_CORRECTED: 'CORRECTED' }

export function toSuggestionList({ suggestions }: SuggestQueriesResponse__Output): SuggestionList {
	return {
		suggestions: suggestions.flatMap(({ text, kind }) => {
			const known = suggestionKinds[kind]
			return known === undefined ? [] : [{ text, kind: known }]
		}),
	}
}

const suggestionKinds: Partial<Record<string, string>> = {
	SUGGESTION_KIND_QUERY: 'QUERY',
	SUGGESTION_KIND_PRODUCT: 'PRODUCT',
	SUGGESTION_KIND_BRAND: 'BRAND',
	SUGGESTION_KIND_CATEGORY: 'CATEGORY',
	SUGGESTION_KIND_CORRECTION: 'CORRECTION',
}
