import type { Client } from '../generated/client/index.ts'
import type { LowestPrice, Money, Product } from '../generated/types.gen.ts'
import { type FollowOptions, followStream } from './follow-stream.ts'

/** A change has a product, a price or a quantity. */
export type ProductChange = {
	sku: string
	product?: Omit<Product, 'availableQuantity'>
	price?: Money
	/** With a price that is a reduction. */
	lowestPrice30d?: LowestPrice
	availableQuantity?: number
	/** Missing with a quantity. */
	changedAt?: string
}

/** `id` is where a later watch goes on. */
export type ProductMessage =
	| {
			type: 'changes'
			id: string
			changes: ProductChange[]
			/** Every change until then is told. Missing while the catalog is away. */
			asOf?: string
	  }
	/** Changes are missing: read your products again. Those after this message follow. */
	| { type: 'reset'; id: string }

export type WatchProductsOptions = FollowOptions & {
	client: Client
	query?: {
		/** At most 100; without any, all products. */
		skus?: string[]
		/** `only` leaves out quantities. */
		products?: 'only'
	}
	/** The id of the last message of an earlier watch with the same query. */
	after?: string
}

/**
 * What changes of products, in order, for as long as it is read. The first message has no changes: read your products once it
 * has come. A stream that breaks goes on after the last message.
 */
export async function* watchProducts({
	client,
	query,
	after = '',
	...options
}: WatchProductsOptions): AsyncGenerator<ProductMessage, void, undefined> {
	const place = { client, url: '/v1/product-changes', query }
	for await (const { id, type, data } of followStream(place, after, options)) {
		if (data === undefined) continue
		if (type === 'reset') yield { type, id }
		if (type !== 'changes') continue
		const told: { changes: ProductChange[]; asOf?: string } = JSON.parse(data)
		yield { type, id, ...told }
	}
}
