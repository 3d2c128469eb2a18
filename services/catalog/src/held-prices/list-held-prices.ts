import type { ListHeldPricesRequest__Output as Request } from '@mercat/catalog-api/messages/ListHeldPricesRequest'
import type { ListHeldPricesResponse as Response } from '@mercat/catalog-api/messages/ListHeldPricesResponse'
import { openPage } from '@mercat/grpc-service/open-page'
import { checkSku } from '@mercat/grpc-service/skus'
import type { Budget } from '@mercat/service/budget'
import type { PageTokens } from '@mercat/service/page-token'
import { checkSource } from '../errors/identifiers.ts'
import { type HeldPrice, toHeldPriceMessage } from './held-price.ts'

/** Where a page of held prices ended. */
export type HoldCursor = Pick<HeldPrice, 'moment' | 'id'>

export type HeldPricesPage = {
	/** Empty for all sources. */
	source: string
	/** Empty for all products. */
	sku: string
	/** The page begins after this hold. Undefined begins at the oldest. */
	after: HoldCursor | undefined
	size: number
}

export type ListHeldPricesNeeds = {
	pageTokens: PageTokens<HoldCursor>
	/** The oldest first. */
	listHolds(page: HeldPricesPage, budget: Budget): Promise<HeldPrice[]>
}

/** One page of the prices that are held, the oldest first. */
export function listHeldPrices({ pageTokens, listHolds }: ListHeldPricesNeeds) {
	return async (request: Request, budget: Budget): Promise<Response> => {
		const { source, sku } = request
		if (source !== '') checkSource('source', source)
		if (sku !== '') checkSku(sku)
		const page = openPage(request, { pageTokens, of: ['held prices', source, sku] })
		const found = await listHolds({ source, sku, after: page.after, size: page.readSize }, budget)
		const { items, nextPageToken } = page.cut(found, ({ moment, id }) => ({ moment, id }))
		return { heldPrices: items.map(toHeldPriceMessage), nextPageToken }
	}
}
