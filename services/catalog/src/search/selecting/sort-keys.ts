import { type Chunk, chunkBits, chunkMask, inStockFlag } from '../columns/memory/chunk.ts'
import type { ProductTable } from '../columns/memory/product-table.ts'
import type { SearchOrder } from '../request/search-request.ts'
import type { Hits } from './hits.ts'

/** Gives the sort key of a hit by its index. Hits are in the ascending order of their keys, then of their skus. */
export function sortKeys(
	order: SearchOrder,
	{ chunks }: ProductTable,
	{ slots, scores }: Hits,
): (index: number) => number {
	const chunkOf = (slot: number) => chunks[slot >>> chunkBits] as Chunk
	switch (order) {
		// At equal relevance, a product in stock is before one that is sold out. Minus zero would be another key.
		case 'relevance':
			return (index) => {
				const slot = slots[index] as number
				const inStock = (chunkOf(slot).flags[slot & chunkMask] as number) & inStockFlag
				return 0 - ((scores === undefined ? 0 : (scores[index] as number)) * 2 + inStock)
			}
		case 'price':
			return (index) => {
				const slot = slots[index] as number
				return chunkOf(slot).amounts[slot & chunkMask] as number
			}
		case 'price desc':
			return (index) => {
				const slot = slots[index] as number
				return 0 - (chunkOf(slot).amounts[slot & chunkMask] as number)
			}
		case 'newest':
			return (index) => {
				const slot = slots[index] as number
				return 0 - (chunkOf(slot).createdAt[slot & chunkMask] as number)
			}
	}
}
