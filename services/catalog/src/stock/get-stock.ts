import type { GetStockRequest__Output } from '@mercat/catalog-api/messages/GetStockRequest'
import type { GetStockResponse } from '@mercat/catalog-api/messages/GetStockResponse'
import type { Budget } from '@mercat/service/budget'
import { CatalogError, invalidRequest } from '../grpc/errors.ts'
import { isSku } from '../grpc/identifiers.ts'
import { toLevelMessage } from './set-stock.ts'
import type { StockLevel } from './stock-store.ts'

const mostSkus = 100

export type GetStockNeeds = { findLevels(skus: string[], budget: Budget): Promise<Map<string, StockLevel>> }

/** The levels of some products, in the order asked for; all or nothing. */
export function getStock({ findLevels }: GetStockNeeds) {
	return async ({ skus }: GetStockRequest__Output, budget: Budget): Promise<GetStockResponse> => {
		if (skus.length < 1 || skus.length > mostSkus)
			throw invalidRequest([{ field: 'skus', description: `1 to ${mostSkus}` }])
		const levels = await findLevels(skus.filter(isSku), budget)
		const missing = skus.filter((sku) => !levels.has(sku))
		if (missing.length > 0)
			throw new CatalogError('PRODUCT_NOT_FOUND', { metadata: { skus: missing.filter(isSku).join(',') } })
		return { levels: skus.map((sku) => toLevelMessage(levels.get(sku) as StockLevel)) }
	}
}
