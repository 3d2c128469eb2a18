import type { Product as ProductMessage } from '@mercat/catalog-api/messages/Product'
import { Counter } from '@mercat/service/metrics'
import type { TraceContext } from '@mercat/service/tracing'
import { LRUCache } from 'lru-cache'

// With one step of the clock, a second in all.
const lifetimeMs = 900
const clockStepMs = 100
const mostBytes = 32_000_000
const estimatedBytes = 2_000

const reads = new Counter({
	name: 'mercat_product_cache_reads_total',
	help: 'Look-ups of products by whether the cache had the product (hit) or the database was asked (miss)',
	labelNames: ['result'],
})
const hits = reads.labels({ result: 'hit' })
const misses = reads.labels({ result: 'miss' })

export type ProductCache = {
	/**
	 * The product, at most a second old; `undefined` when there is none.
	 *
	 * @param trace the trace of the caller. Of callers that share a read, the read belongs to the trace of the first
	 */
	get(sku: string, trace?: TraceContext): Promise<ProductMessage | undefined>
	/** Has the next `get` of each of these products read it anew, because this process may have changed it. */
	forget(skus: Iterable<string>): void
}

/**
 * Products for look-ups. A change made by this process shows at once, a change made by another replica within a
 * second. Reservations and their prices never come from here.
 *
 * @param load reads a product from the database
 */
export function createProductCache(
	load: (sku: string, trace?: TraceContext) => Promise<ProductMessage | undefined>,
): ProductCache {
	const products = new LRUCache<string, Promise<ProductMessage | undefined>>({
		maxSize: mostBytes,
		ttl: lifetimeMs,
		ttlResolution: clockStepMs,
		noUpdateTTL: true,
	})
	return {
		get(sku, trace) {
			const known = products.get(sku)
			if (known !== undefined) {
				hits.inc()
				return known
			}
			misses.inc()
			// The cache keeps the promise: callers that ask during a read share it. A read that began before `forget`
			// does not put its product back.
			const loading = load(sku, trace)
			products.set(sku, loading, { size: estimatedBytes })
			loading.then(
				(product) => {
					if (products.peek(sku) === loading) products.set(sku, loading, { size: bytesOf(product) })
				},
				() => {
					if (products.peek(sku) === loading) products.delete(sku)
				},
			)
			return loading
		},
		forget(skus) {
			for (const sku of skus) products.delete(sku)
		},
	}
}

// V8 keeps a character in one or two bytes.
function bytesOf(product: ProductMessage | undefined): number {
	return estimatedBytes + (product === undefined ? 0 : 2 * JSON.stringify(product).length)
}
