import { createBatcher } from '@mercat/service/batcher'
import type { Budget } from '@mercat/service/budget'
import { batchedErrors } from '../errors/batched-errors.ts'
import type { Product } from '../products/product.ts'

type FindProducts = (skus: readonly string[], budget: Budget) => Promise<Product[]>

const longestReadMs = 2_000

/** Pages of searches that wait at the same moment share one statement. To send a statement takes longer than to read a page. */
export function batchPageReads(findProducts: FindProducts): FindProducts {
	const read = createBatcher<readonly string[], Product[]>({
		name: 'find products of pages',
		gather: setImmediate,
		mostItems: 32,
		mostBatches: 2,
		mostWaiting: 4_096,
		...batchedErrors,
		async run(pages, budget) {
			const products = await findProducts([...new Set(pages.flat())], budget)
			const found = new Map(products.map((product) => [product.sku, product]))
			return pages.map((skus) => skus.flatMap((sku) => found.get(sku) ?? []))
		},
	})
	return async (skus, { deadline, signal, trace }) => {
		if (skus.length === 0) return []
		return read(skus, { deadline: Math.min(deadline, performance.now() + longestReadMs), signal, trace })
	}
}
