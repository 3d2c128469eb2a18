import type { ArchiveProductRequest__Output as Request } from '@mercat/catalog-api/messages/ArchiveProductRequest'
import type { ArchiveProductResponse as Response } from '@mercat/catalog-api/messages/ArchiveProductResponse'
import { checkSku, productNotFound } from './get-product.ts'
import { type Product, toProductMessage } from './product.ts'
import { checkEtag } from './update-product.ts'

type Needs = { changeProduct(sku: string, change: (current: Product) => Product): Promise<Product | undefined> }

/** Takes a product out of search and sale; the orders that name it keep it. Doing it twice is doing it once. */
export function archiveProduct({ changeProduct }: Needs) {
	return async ({ sku, etag }: Request): Promise<Response> => {
		checkSku(sku)
		const product = await changeProduct(sku, (current) => {
			checkEtag(current, etag)
			return current.archived ? current : { ...current, archived: true }
		})
		if (product === undefined) throw productNotFound([sku])
		return { product: toProductMessage(product) }
	}
}
