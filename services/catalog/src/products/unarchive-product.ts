import type { UnarchiveProductRequest__Output as Request } from '@mercat/catalog-api/messages/UnarchiveProductRequest'
import type { UnarchiveProductResponse as Response } from '@mercat/catalog-api/messages/UnarchiveProductResponse'
import type { CallContext } from '../grpc/rpc.ts'
import { checkSku, productNotFound } from './get-product.ts'
import { toProductMessage } from './product.ts'
import { type ChangeProductNeeds, checkEtag } from './update-product.ts'

/** Puts an archived product back into search and sale. Doing it twice is doing it once. */
export function unarchiveProduct({ changeProduct }: ChangeProductNeeds) {
	return async ({ sku, etag }: Request, context: CallContext): Promise<Response> => {
		checkSku(sku)
		const product = await changeProduct(
			sku,
			(current) => {
				checkEtag(current, etag)
				return current.archived ? { ...current, archived: false } : current
			},
			context,
		)
		if (product === undefined) throw productNotFound([sku])
		return { product: toProductMessage(product) }
	}
}
