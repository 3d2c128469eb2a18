import type { BatchGetProductsRequest__Output as Request } from '@mercat/catalog-api/messages/BatchGetProductsRequest'
import type { BatchGetProductsResponse as Response } from '@mercat/catalog-api/messages/BatchGetProductsResponse'
import { checkSkus } from '@mercat/grpc-service/skus'
import type { Budget } from '@mercat/service/budget'
import { productNotFound } from '../errors/catalog-error.ts'
import { type Product, toProductMessage } from './product.ts'

export type BatchGetProductsNeeds = {
	/** The products that exist, in any order. */
	findProducts(skus: readonly string[], budget: Budget): Promise<Product[]>
}

/** Some products in the order asked for: all of them, or an error that names the missing ones. */
export function batchGetProducts({ findProducts }: BatchGetProductsNeeds) {
	return async ({ skus }: Request, budget: Budget): Promise<Response> => {
		checkSkus(skus)
		const bySku = new Map((await findProducts(skus, budget)).map((product) => [product.sku, product]))
		const missing = skus.filter((sku) => !bySku.has(sku))
		if (missing.length > 0) throw productNotFound(missing)
		return { products: skus.flatMap((sku) => bySku.get(sku) ?? []).map(toProductMessage) }
	}
}
