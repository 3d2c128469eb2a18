import { createTurns } from '../../turns/turns.ts'
import type { ColumnsView } from '../columns/columns.ts'
import { type Chunk, chunkBits, chunkSize, hiddenFlag, inStockFlag } from '../columns/memory/chunk.ts'
import type { FacetCounts } from './facet-counts.ts'
import { type ProductFilter, passed } from './product-filter.ts'

/** Products that pass a filter, by their slots. */
export type Hits = {
	slots: Uint32Array
	/** The key of each in the order of relevance; undefined when all have the same score. */
	keys: Int32Array | undefined
	count: number
	/** Whether further products pass the filter. */
	isCut?: boolean
}

/** All products that pass the filter. Counts them in the facets. */
export async function hitsOfAll(view: ColumnsView, filter: ProductFilter, counts: FacetCounts): Promise<Hits> {
	const turns = createTurns()
	const { size, table } = view
	const hits: Hits = { slots: new Uint32Array(size), keys: undefined, count: 0 }
	for (let first = 0; first < size; first += chunkSize) {
		const chunk = table.chunks[first >>> chunkBits] as Chunk
		lookAtChunk(hits, chunk, { first, end: Math.min(chunkSize, size - first) }, filter, counts)
		if (turns.isOver()) await turns.next()
	}
	return hits
}

// `judge` and `countInFacets` for each product of a chunk, written out: a million products take a third less time.
function lookAtChunk(
	hits: Hits,
	chunk: Chunk,
	{ first, end }: { first: number; end: number },
	filter: ProductFilter,
	counts: FacetCounts,
): void {
	const { slots } = hits
	const { flags, categories, brands, currencies, amounts } = chunk
	const { isPriced, currency, minAmount, maxAmount, stock: wantedStock } = filter
	const { categories: wantedCategories, brands: wantedBrands } = filter
	const { categories: categoryCounts, brands: brandCounts, stock: stockCounts } = counts
	let { count } = hits
	for (let at = 0; at < end; at++) {
		const flag = flags[at] as number
		if ((flag & hiddenFlag) !== 0) continue
		if (isPriced) {
			const amount = amounts[at] as number
			if (amount < minAmount || amount > maxAmount || (currency >= 0 && currencies[at] !== currency)) continue
		}
		const category = categories[at] as number
		const brand = brands[at] as number
		const stock = flag & inStockFlag
		const parts =
			(wantedCategories[category] as number) | (wantedBrands[brand] as number) | (wantedStock[stock] as number)
		if (parts === passed.all) {
			slots[count++] = first + at
			categoryCounts[category] = (categoryCounts[category] as number) + 1
			brandCounts[brand] = (brandCounts[brand] as number) + 1
			stockCounts[stock] = (stockCounts[stock] as number) + 1
		} else if ((parts | passed.category) === passed.all)
			categoryCounts[category] = (categoryCounts[category] as number) + 1
		else if ((parts | passed.brand) === passed.all) brandCounts[brand] = (brandCounts[brand] as number) + 1
		else if ((parts | passed.stock) === passed.all) stockCounts[stock] = (stockCounts[stock] as number) + 1
	}
	hits.count = count
}
