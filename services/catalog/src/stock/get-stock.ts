import type { GetStockRequest__Output } from '@mercat/catalog-api/messages/GetStockRequest'
import type { GetStockResponse } from '@mercat/catalog-api/messages/GetStockResponse'
import { checkSkus } from '@mercat/grpc-service/skus'
import type { Budget } from '@mercat/service/budget'
import { productNotFound } from '../errors/catalog-error.ts'
import { type StockLevel, toLevelMessage } from './stock-level.ts'

export type GetStockNeeds = {
	/** The levels of the products that exist, by sku. */
	findLevels(skus: string[], budget: Budget): Promise<Map<string, StockLevel>>
}

/** The stock levels of some products in the order asked for: all of them, or an error that names the missing ones. */
export function getStock({ findLevels }: GetStockNeeds) {
	return async ({ skus }: GetStockRequest__Output, budget: Budget): Promise<GetStockResponse> => {
		checkSkus(skus)
		const levels = await findLevels(skus, budget)
		const missing = skus.filter((sku) => !levels.has(sku))
		if (missing.length > 0) throw productNotFound(missing)
		return { levels: skus.map((sku) => toLevelMessage(levels.get(sku) as StockLevel)) }
	}
}
