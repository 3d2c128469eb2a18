import type { UnarchiveProductRequest__Output as Request } from '@mercat/catalog-api/messages/UnarchiveProductRequest'
import type { UnarchiveProductResponse as Response } from '@mercat/catalog-api/messages/UnarchiveProductResponse'
import { checkSku, productNotFound } from './get-product.ts'
import { type Product, toProductMessage } from './product.ts'
import { checkEtag } from './update-product.ts'

type Needs = { changeProduct(sku: string, change: (current: Product) => Product): Promise<Product | undefined> }

/** Puts an archived product back into search and sale. Doing it twice is doing it once. */
export function unarchiveProduct({ changeProduct }: Needs) {
	return async ({ sku, etag }: Request): Promise<Response> => {
		checkSku(sku)
		const product = await changeProduct(sku, (current) => {
			checkEtag(current, etag)
			return current.archived ? { ...current, archived: false } : current
		})
		if (product === undefined) throw productNotFound([sku])
		return { product: toProductMessage(product) }
	}
}
