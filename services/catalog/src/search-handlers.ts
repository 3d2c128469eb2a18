import type { CatalogServiceHandlers } from '@mercat/catalog-api/messages/CatalogService'
import type { Rpcs } from './grpc/rpc.ts'

export type SearchHandlersNeeds = {
	rpcs: Rpcs
}

/** The methods of `CatalogService` around search: suggestions, synonyms and the index. */
export function searchHandlers({ rpcs }: SearchHandlersNeeds) {
	const write = 'catalog:write'
	const missing = async () => {
		throw new Error('this method is being built')
	}
	return {
		SuggestQueries: rpcs.open(missing),
		ReindexProducts: rpcs.scoped(write, missing),
		GetSearchIndex: rpcs.scoped(write, missing),
		ImportSynonyms: rpcs.scoped(write, missing),
		ListSynonyms: rpcs.scoped(write, missing),
	} satisfies Partial<CatalogServiceHandlers>
}
