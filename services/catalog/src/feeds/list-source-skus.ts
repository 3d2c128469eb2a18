import type { ListSourceSkusRequest__Output as Request } from '@mercat/catalog-api/messages/ListSourceSkusRequest'
import type { ListSourceSkusResponse as Response } from '@mercat/catalog-api/messages/ListSourceSkusResponse'
import { openPage } from '@mercat/grpc-service/open-page'
import type { Budget } from '@mercat/service/budget'
import type { PageTokens } from '@mercat/service/page-token'
import { checkSource } from '../errors/identifiers.ts'
import type { NameCursor } from './list-feeds.ts'

export type ListSourceSkusNeeds = {
	pageTokens: PageTokens<NameCursor>
	/** By sku, from the one after `after`. */
	listSourceSkus(source: string, after: string, size: number, budget: Budget): Promise<string[]>
}

/** One page of the skus of the active products whose content belongs to a source. */
export function listSourceSkus({ pageTokens, listSourceSkus }: ListSourceSkusNeeds) {
	return async (request: Request, budget: Budget): Promise<Response> => {
		const { source } = request
		checkSource('source', source)
		const page = openPage(request, { pageTokens, of: ['source skus', source], sizes: { usual: 1_000, largest: 5_000 } })
		const found = await listSourceSkus(source, page.after?.after ?? '', page.readSize, budget)
		const { items, nextPageToken } = page.cut(found, (sku) => ({ after: sku }))
		return { skus: items, nextPageToken }
	}
}
