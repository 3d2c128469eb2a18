import type { Product as ProductMessage } from '@mercat/catalog-api/messages/Product'
import { LRUCache } from 'lru-cache'

// A second in all: the clock is read only so often.
const lifetimeMs = 900
const clockStepMs = 100
const mostBytes = 32_000_000
const estimatedBytes = 2_000

export type ProductCache = {
	/** The product, at most a second old; undefined when there is none. */
	get(sku: string): Promise<ProductMessage | undefined>
	/** Something about these products has changed here: they are read anew when they are next asked for. */
	forget(skus: Iterable<string>): void
}

/**
 * Products for those who look: what this process changes is seen at once, what others change within a
 * second. What is reserved and charged is never read from here.
 *
 * @param load reads a product from the database
 */
export function createProductCache(load: (sku: string) => Promise<ProductMessage | undefined>): ProductCache {
	const products = new LRUCache<string, Promise<ProductMessage | undefined>>({
		maxSize: mostBytes,
		ttl: lifetimeMs,
		ttlResolution: clockStepMs,
		noUpdateTTL: true,
	})
	return {
		get(sku) {
			const known = products.get(sku)
			if (known !== undefined) return known
			// The promise is kept, so that all who ask while it is being read share one read; what is forgotten
			// meanwhile is not put back by a read that began before.
			const loading = load(sku)
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

// What may be long in a product, in characters, which V8 keeps in one or two bytes.
function bytesOf(product: ProductMessage | undefined): number {
	return estimatedBytes + (product === undefined ? 0 : 2 * JSON.stringify(product).length)
}
