import type { UnarchiveProductRequest__Output as Request } from '@mercat/catalog-api/messages/UnarchiveProductRequest'
import type { UnarchiveProductResponse as Response } from '@mercat/catalog-api/messages/UnarchiveProductResponse'
import type { Budget } from '@mercat/service/budget'
import { checkSku, productNotFound } from './get-product.ts'
import { toProductMessage } from './product.ts'
import { type ChangeProductNeeds, checkEtag } from './update-product.ts'

/** Puts an archived product back into search and sale. Doing it twice is doing it once. */
export function unarchiveProduct({ changeProduct }: ChangeProductNeeds) {
	return async ({ sku, etag }: Request, budget: Budget): Promise<Response> => {
		checkSku(sku)
		const product = await changeProduct(
			sku,
			(current) => {
				checkEtag(current, etag)
				return current.archived ? { ...current, archived: false } : current
			},
			budget,
		)
		if (product === undefined) throw productNotFound([sku])
		return { product: toProductMessage(product) }
	}
}
