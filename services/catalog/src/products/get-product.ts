import type { GetProductRequest__Output as Request } from '@mercat/catalog-api/messages/GetProductRequest'
import type { GetProductResponse as Response } from '@mercat/catalog-api/messages/GetProductResponse'
import type { Product } from '@mercat/catalog-api/messages/Product'
import { checkSku } from '@mercat/grpc-service/skus'
import type { Budget } from '@mercat/service/budget'
import type { TraceContext } from '@mercat/service/tracing'
import { productNotFound } from '../errors/catalog-error.ts'

export type GetProductNeeds = {
	/** The product, at most a second old; `undefined` when there is none. */
	get(sku: string, trace?: TraceContext): Promise<Product | undefined>
}

export function getProduct({ get }: GetProductNeeds) {
	return async ({ sku }: Request, { trace }: Budget): Promise<Response> => {
		checkSku(sku)
		const product = await get(sku, trace)
		if (product === undefined) throw productNotFound([sku])
		return { product }
	}
}
