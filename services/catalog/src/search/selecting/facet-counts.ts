import type { ColumnsView } from '../columns/columns.ts'
import { type Chunk, inStockFlag } from '../columns/memory/chunk.ts'
import { type Dictionary, none } from '../columns/memory/dictionary.ts'
import { mostFrequent } from './most-frequent.ts'
import { passed } from './product-filter.ts'
import type { Facet } from './selection.ts'

/** How many products have each value, by the ids of the columns. */
export type FacetCounts = { categories: Int32Array; brands: Int32Array; stock: Int32Array }

export function createFacetCounts({ categories, brands }: ColumnsView): FacetCounts {
	return { categories: new Int32Array(categories.size), brands: new Int32Array(brands.size), stock: new Int32Array(2) }
}

/** Counts a product in each facet whose own part of the filter is the only one that it may not pass. */
export function countInFacets(counts: FacetCounts, chunk: Chunk, at: number, parts: number): void {
	if ((parts | passed.category) === passed.all) addOne(counts.categories, chunk.categories[at] as number)
	if ((parts | passed.brand) === passed.all) addOne(counts.brands, chunk.brands[at] as number)
	if ((parts | passed.stock) === passed.all) addOne(counts.stock, (chunk.flags[at] as number) & inStockFlag)
}

function addOne(counts: Int32Array, id: number): void {
	counts[id] = (counts[id] as number) + 1
}

/** The facets, with the most frequent values first. A product counts for its category and for each path above it. */
export function facetsOf(counts: FacetCounts, { categories, brands }: ColumnsView): Facet[] {
	return [
		{ field: 'category', values: mostFrequent(withPathsAbove(counts.categories, categories), categories.value) },
		{ field: 'brand', values: mostFrequent(withoutEmpty(counts.brands), brands.value) },
		{ field: 'in_stock', values: mostFrequent(counts.stock, (id) => String(id === 1)) },
	]
}

// A path above has a smaller id, so its own count is complete when its turn comes.
function withPathsAbove(counts: Int32Array, categories: Dictionary): Int32Array {
	const sums = withoutEmpty(counts)
	for (let id = sums.length - 1; id > 0; id--) {
		const parent = categories.parent(id)
		if (parent !== none) sums[parent] = (sums[parent] as number) + (sums[id] as number)
	}
	return sums
}

function withoutEmpty(counts: Int32Array): Int32Array {
	const values = counts.slice()
	values[none] = 0
	return values
}
