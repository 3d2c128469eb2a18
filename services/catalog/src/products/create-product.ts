import type { CreateProductRequest__Output as Request } from '@mercat/catalog-api/messages/CreateProductRequest'
import type { CreateProductResponse as Response } from '@mercat/catalog-api/messages/CreateProductResponse'
import type { Budget } from '@mercat/service/budget'
import { CatalogError } from '../errors/catalog-error.ts'
import { type Product, type ProductFields, toProductMessage } from './product.ts'
import { validProduct } from './validate-product.ts'

export type CreateProductNeeds = {
	/** The product with an empty stock; `undefined` when its sku is taken. */
	createProduct(fields: ProductFields, budget: Budget): Promise<Product | undefined>
}

export function createProduct(needs: CreateProductNeeds) {
	return async (request: Request, budget: Budget): Promise<Response> => {
		const fields = validProduct(request.product)
		const product = await needs.createProduct(fields, budget)
		if (product === undefined) throw new CatalogError('PRODUCT_EXISTS', { metadata: { sku: fields.sku } })
		return { product: toProductMessage(product) }
	}
}
