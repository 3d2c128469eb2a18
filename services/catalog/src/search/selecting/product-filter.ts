import type { ColumnsView } from '../columns/columns.ts'
import { type Chunk, currencyNumber, hiddenFlag, inStockFlag } from '../columns/memory/chunk.ts'
import type { Dictionary } from '../columns/memory/dictionary.ts'
import type { Search } from '../request/search-request.ts'

/** A filter in the numbers of the columns. */
export type ProductFilter = {
	/** 1 for each id of a category that is wanted. */
	categories: Uint8Array
	/** 1 for each id of a brand that is wanted. */
	brands: Uint8Array
	/** Whether products that are sold out, and products in stock, are wanted. */
	stock: [number, number]
	/** Whether the price matters. */
	isPriced: boolean
	currency: number | undefined
	minAmount: number
	maxAmount: number
}

/** What {@link judge} tells: the bits of the parts of a filter that a product passes. */
export const passed = { category: 1, brand: 2, stock: 4, all: 7 } as const

// Values that products get while a search looks at them.
const newValues = 1_024

export type FilterFields = Pick<
	Search,
	'categories' | 'brands' | 'inStock' | 'currency' | 'minAmountMinor' | 'maxAmountMinor'
>

export function productFilter(search: FilterFields, { categories, brands }: ColumnsView): ProductFilter {
	const { currency, minAmountMinor = 0, maxAmountMinor = Number.MAX_SAFE_INTEGER } = search
	return {
		categories: wantedIds(categories, search.categories),
		brands: wantedIds(brands, search.brands),
		stock: [search.inStock ? 0 : 1, 1],
		isPriced: currency !== undefined || search.minAmountMinor !== undefined || search.maxAmountMinor !== undefined,
		currency: currency === undefined ? undefined : currencyNumber(currency),
		minAmount: minAmountMinor,
		maxAmount: maxAmountMinor,
	}
}

export function hasNoCondition(search: FilterFields): boolean {
	const { categories, brands, inStock, currency, minAmountMinor, maxAmountMinor } = search
	return (
		categories.length === 0 &&
		brands.length === 0 &&
		!inStock &&
		currency === undefined &&
		minAmountMinor === undefined &&
		maxAmountMinor === undefined
	)
}

/** Which parts of the filter a product passes; 0 for one that is archived or has another price. Facets count no such product. */
export function judge(filter: ProductFilter, chunk: Chunk, at: number): number {
	const flags = chunk.flags[at] as number
	if ((flags & hiddenFlag) !== 0) return 0
	if (filter.isPriced) {
		if (filter.currency !== undefined && chunk.currencies[at] !== filter.currency) return 0
		const amount = chunk.amounts[at] as number
		if (amount < filter.minAmount || amount > filter.maxAmount) return 0
	}
	return (
		(filter.categories[chunk.categories[at] as number] as number) |
		((filter.brands[chunk.brands[at] as number] as number) << 1) |
		((filter.stock[flags & inStockFlag] as number) << 2)
	)
}

/** A path is wanted when the filter names it, or a path above it. A parent has a smaller id. */
function wantedIds(dictionary: Dictionary, values: readonly string[]): Uint8Array {
	const wanted = new Uint8Array(dictionary.size + newValues)
	if (values.length === 0) return wanted.fill(1)
	for (const value of values) {
		const id = dictionary.find(value)
		if (id !== undefined) wanted[id] = 1
	}
	for (let id = 1; id < dictionary.size; id++) {
		const parent = dictionary.parent(id)
		if (parent !== 0 && wanted[parent] === 1) wanted[id] = 1
	}
	return wanted
}
