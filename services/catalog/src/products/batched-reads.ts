import type { Product as ProductMessage } from '@mercat/catalog-api/messages/Product'
import { createBatcher } from '@mercat/service/batcher'
import type { Budget } from '@mercat/service/budget'
import type { TraceContext } from '@mercat/service/tracing'
import { batchedErrors } from '../errors/batched-errors.ts'
import { type Product, toProductMessage } from './product.ts'

const longestReadMs = 2_000

/** Reads of products that wait at the same moment share one statement. */
export function batchProductReads(
	findProducts: (skus: string[], budget: Budget) => Promise<Product[]>,
): (sku: string, trace?: TraceContext) => Promise<ProductMessage | undefined> {
	const read = createBatcher<string, ProductMessage | undefined>({
		name: 'find products',
		gather: setImmediate,
		mostItems: 256,
		mostBatches: 2,
		mostWaiting: 4_096,
		...batchedErrors,
		async run(skus, budget) {
			const found = new Map(
				(await findProducts(skus, budget)).map((product) => [product.sku, toProductMessage(product)]),
			)
			return skus.map((sku) => found.get(sku))
		},
	})
	return (sku, trace) => read(sku, { deadline: performance.now() + longestReadMs, trace })
}
