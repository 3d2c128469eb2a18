import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { ListSynonymsRequest } from '@mercat/catalog-api/messages/ListSynonymsRequest'
import type { SynonymRule } from '@mercat/catalog-api/messages/SynonymRule'
import { type TestCatalog, tokenFor } from './start-catalog.ts'

/** The calls that tests make around the search of a catalog. */
export function searchCalls(catalog: TestCatalog, token: string | undefined = tokenFor('catalog:write')) {
	const options = { timeoutMs: 60_000, token }
	const client = catalog.catalog
	return {
		suggest: (prefix: string, limit = 0) =>
			callUnary(client, catalogRpcs.SuggestQueries, { prefix, limit }, { timeoutMs: 60_000 }),
		importSynonyms: (rules: SynonymRule[]) => callUnary(client, catalogRpcs.ImportSynonyms, { rules }, options),
		listSynonyms: (request: ListSynonymsRequest = {}) => callUnary(client, catalogRpcs.ListSynonyms, request, options),
	}
}
