import { type Chunk, chunkBits, chunkMask, inStockFlag } from '../columns/memory/chunk.ts'
import type { ProductTable } from '../columns/memory/product-table.ts'
import type { SearchOrder } from '../request/search-request.ts'
import type { Hits } from './hits.ts'

/** Hits are in the ascending order of their sort keys, then of their skus. */
export type SortKeys = (index: number) => number

/** Gives the sort key of a hit by its index. */
export function sortKeys(
	order: SearchOrder,
	{ chunks }: Pick<ProductTable, 'chunks'>,
	{ slots, keys }: Hits,
): SortKeys {
	const chunkOf = (slot: number) => chunks[slot >>> chunkBits] as Chunk
	switch (order) {
		case 'relevance':
			if (keys !== undefined) return (index) => keys[index] as number
			return (index) => {
				const slot = slots[index] as number
				return relevanceKey(0, (chunkOf(slot).flags[slot & chunkMask] as number) & inStockFlag)
			}
		case 'price':
			return (index) => {
				const slot = slots[index] as number
				return chunkOf(slot).amounts[slot & chunkMask] as number
			}
		// Minus zero would be another key than zero.
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

/** At equal scores, a product in stock is before one that is sold out. */
export function relevanceKey(score: number, inStock: number): number {
	return 0 - (score * 2 + inStock)
}
