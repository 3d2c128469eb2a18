import type { ArchiveProductRequest__Output as Request } from '@mercat/catalog-api/messages/ArchiveProductRequest'
import type { ArchiveProductResponse as Response } from '@mercat/catalog-api/messages/ArchiveProductResponse'
import type { Budget } from '@mercat/service/budget'
import { checkSku, productNotFound } from './get-product.ts'
import { toProductMessage } from './product.ts'
import { type ChangeProductNeeds, checkEtag } from './update-product.ts'

/** Takes a product out of search and sale; the orders that name it keep it. Doing it twice is doing it once. */
export function archiveProduct({ changeProduct }: ChangeProductNeeds) {
	return async ({ sku, etag }: Request, budget: Budget): Promise<Response> => {
		checkSku(sku)
		const product = await changeProduct(
			sku,
			(current) => {
				checkEtag(current, etag)
				return current.archived ? current : { ...current, archived: true }
			},
			budget,
		)
		if (product === undefined) throw productNotFound([sku])
		return { product: toProductMessage(product) }
	}
}
