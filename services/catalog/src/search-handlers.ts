import type { CatalogServiceHandlers } from '@mercat/catalog-api/messages/CatalogService'
import type { Rpcs } from '@mercat/grpc-service/rpc'
import { createPageTokens } from '@mercat/service/page-token'
import type { OpenedSearch } from './open-search.ts'
import { getSearchIndex } from './search/building/get-search-index.ts'
import { reindexProducts } from './search/building/reindex-products.ts'
import type { ReindexStore } from './search/building/reindex-store.ts'
import type { FollowedSynonyms } from './search/synonyms/followed-synonyms.ts'
import { importSynonyms } from './search/synonyms/import-synonyms.ts'
import { listSynonyms, type SynonymCursor } from './search/synonyms/list-synonyms.ts'
import type { SynonymStore } from './search/synonyms/synonym-store.ts'

export type SearchHandlersNeeds = {
	rpcs: Rpcs
	synonyms: SynonymStore
	followedSynonyms: FollowedSynonyms
	suggest: OpenedSearch['suggest']
	reindexing: ReindexStore
	pageTokenKey: string
}

// The server takes no larger message.
const largestImportKb = 4 * 1024

/** The methods of `CatalogService` around search: suggestions, synonyms and the index. */
export function searchHandlers(needs: SearchHandlersNeeds) {
	const { rpcs, synonyms, followedSynonyms, suggest, reindexing, pageTokenKey } = needs
	const write = 'catalog:write'
	return {
		SuggestQueries: rpcs.open(suggest),
		ReindexProducts: rpcs.scoped(
			write,
			reindexProducts({
				beginRebuild: reindexing.beginRebuild,
				readStatus: reindexing.readStatus,
			}),
		),
		GetSearchIndex: rpcs.scoped(
			write,
			getSearchIndex({
				readStatus: reindexing.readStatus,
			}),
		),
		ImportSynonyms: rpcs.scopedLarge(
			write,
			importSynonyms({ replaceRules: synonyms.replaceRules, reload: followedSynonyms.reload }),
			largestImportKb,
		),
		ListSynonyms: rpcs.scoped(
			write,
			listSynonyms({
				pageTokens: createPageTokens<SynonymCursor>(pageTokenKey),
				readPage: synonyms.readPage,
			}),
		),
	} satisfies Partial<CatalogServiceHandlers>
}
