import { credentials } from '@grpc/grpc-js'
import { callUnary } from '@mercat/catalog-api/client'
import { catalogPackage, catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { SearchQuery } from './query-mix.ts'
import type { SearchPeer } from './search-generator.ts'

const timeoutMs = 10_000

/** Searches over gRPC, all on one connection. */
export function openMercat(address: string): SearchPeer {
	const client = new catalogPackage.CatalogService(address, credentials.createInsecure())
	return {
		async search(query) {
			const { products } = await callUnary(client, catalogRpcs.SearchProducts, toRequest(query), { timeoutMs })
			return products.length
		},
		async suggest({ query }) {
			const request = { prefix: typedPart(query) }
			const { suggestions } = await callUnary(client, catalogRpcs.SuggestQueries, request, { timeoutMs })
			return suggestions.length
		},
		async [Symbol.asyncDispose]() {
			client.close()
		},
	}
}

function toRequest({ query, category, brand, inStock, maxAmountMinor }: SearchQuery) {
	return {
		query,
		filter: {
			categories: category === undefined ? [] : [category],
			brands: brand === undefined ? [] : [brand],
			inStock,
			...(maxAmountMinor !== undefined && { maxAmountMinor, currencyCode: 'EUR' }),
		},
	}
}

// From one letter to the whole query, so that each length comes as often as people type it.
function typedPart(query: string): string {
	return query.slice(0, 1 + Math.floor(Math.random() * query.length))
}
