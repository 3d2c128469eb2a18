import type { ArchiveProductRequest__Output } from '@mercat/catalog-api/messages/ArchiveProductRequest'
import type { ArchiveProductResponse } from '@mercat/catalog-api/messages/ArchiveProductResponse'
import type { UnarchiveProductRequest__Output } from '@mercat/catalog-api/messages/UnarchiveProductRequest'
import type { UnarchiveProductResponse } from '@mercat/catalog-api/messages/UnarchiveProductResponse'
import { checkSku } from '@mercat/grpc-service/skus'
import type { Budget } from '@mercat/service/budget'
import { productNotFound } from '../errors/catalog-error.ts'
import { toProductMessage } from './product.ts'
import { type ChangeProductNeeds, checkEtag } from './update-product.ts'

type Request = ArchiveProductRequest__Output | UnarchiveProductRequest__Output
type Response = ArchiveProductResponse & UnarchiveProductResponse

export type SetArchivedNeeds = ChangeProductNeeds & {
	/** `true` takes a product out of search and sale; the orders that name it keep it. `false` puts it back. */
	archived: boolean
}

/** Archives or unarchives a product, as a person does. A second call changes nothing. */
export function setArchived({ changeProduct, archived }: SetArchivedNeeds) {
	return async ({ sku, etag }: Request, budget: Budget): Promise<Response> => {
		checkSku(sku)
		const product = await changeProduct(
			sku,
			(current) => {
				checkEtag(current, etag)
				const isDone = current.archived === archived && current.archivedBy === ''
				return isDone ? current : { ...current, archived, archivedBy: '' }
			},
			budget,
		)
		if (product === undefined) throw productNotFound([sku])
		return { product: toProductMessage(product) }
	}
}
