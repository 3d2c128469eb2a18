import type { GetProductRequest__Output as Request } from '@mercat/catalog-api/messages/GetProductRequest'
import type { GetProductResponse as Response } from '@mercat/catalog-api/messages/GetProductResponse'
import { CatalogError, invalidRequest } from '../grpc/errors.ts'
import type { ProductCache } from './product-cache.ts'
import { skuProblem } from './validate-product.ts'

export function getProduct({ get }: Pick<ProductCache, 'get'>) {
	return async ({ sku }: Request): Promise<Response> => {
		checkSku(sku)
		const product = await get(sku)
		if (product === undefined) throw productNotFound([sku])
		return { product }
	}
}

/** @throws CatalogError INVALID_REQUEST */
export function checkSku(sku: string): void {
	const problem = skuProblem(sku)
	if (problem !== undefined) throw invalidRequest([{ field: 'sku', description: problem }])
}

export function productNotFound(skus: readonly string[]): CatalogError {
	return new CatalogError('PRODUCT_NOT_FOUND', { metadata: { skus: skus.join(',') } })
}
