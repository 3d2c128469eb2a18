import type { BatchGetProductsRequest__Output as Request } from '@mercat/catalog-api/messages/BatchGetProductsRequest'
import type { BatchGetProductsResponse as Response } from '@mercat/catalog-api/messages/BatchGetProductsResponse'
import type { Budget } from '@mercat/service/budget'
import { invalidRequest } from '../grpc/errors.ts'
import { productNotFound } from './get-product.ts'
import { type Product, toProductMessage } from './product.ts'
import { skuProblem } from './validate-product.ts'

type Needs = { findProducts(skus: readonly string[], budget: Budget): Promise<Product[]> }

const mostSkus = 100

export function batchGetProducts({ findProducts }: Needs) {
	return async ({ skus }: Request, budget: Budget): Promise<Response> => {
		checkSkus(skus)
		const bySku = new Map((await findProducts(skus, budget)).map((product) => [product.sku, product]))
		const missing = new Set(skus.filter((sku) => !bySku.has(sku)))
		if (missing.size > 0) throw productNotFound([...missing])
		return { products: skus.flatMap((sku) => bySku.get(sku) ?? []).map(toProductMessage) }
	}
}

function checkSkus(skus: readonly string[]): void {
	if (skus.length === 0 || skus.length > mostSkus) {
		throw invalidRequest([{ field: 'skus', description: `must be 1 to ${mostSkus}` }])
	}
	const violations = skus.flatMap((sku, index) => {
		const problem = skuProblem(sku)
		return problem === undefined ? [] : [{ field: `skus[${index}]`, description: problem }]
	})
	if (violations.length > 0) throw invalidRequest(violations)
}
