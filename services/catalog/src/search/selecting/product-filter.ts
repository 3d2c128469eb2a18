import type { ColumnsView } from '../columns/columns.ts'
import { type Chunk, currencyNumber, hiddenFlag, inStockFlag } from '../columns/memory/chunk.ts'
import type { Dictionary } from '../columns/memory/dictionary.ts'
import type { Search } from '../request/search-request.ts'

/** A filter in the numbers of the columns. */
export type ProductFilter = {
	/** `passed.category` for the id of each category that is wanted; 0 for the others. */
	categories: Uint8Array
	/** `passed.brand` for the id of each brand that is wanted. */
	brands: Uint8Array
	/** `passed.stock` for products that are sold out, and for products in stock, when they are wanted. */
	stock: Uint8Array
	/** Whether the price matters. */
	isPriced: boolean
	/** Any currency when it is below zero. */
	currency: number
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
		categories: wantedIds(categories, search.categories, passed.category),
		brands: wantedIds(brands, search.brands, passed.brand),
		stock: Uint8Array.of(search.inStock ? 0 : passed.stock, passed.stock),
		isPriced: currency !== undefined || search.minAmountMinor !== undefined || search.maxAmountMinor !== undefined,
		currency: currency === undefined ? -1 : currencyNumber(currency),
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
	if ((flags & hiddenFlag) !== 0 || (filter.isPriced && !hasPrice(filter, chunk, at))) return 0
	return (
		(filter.categories[chunk.categories[at] as number] as number) |
		(filter.brands[chunk.brands[at] as number] as number) |
		(filter.stock[flags & inStockFlag] as number)
	)
}

function hasPrice(
	{ currency, minAmount, maxAmount }: ProductFilter,
	{ currencies, amounts }: Chunk,
	at: number,
): boolean {
	if (currency >= 0 && currencies[at] !== currency) return false
	const amount = amounts[at] as number
	return amount >= minAmount && amount <= maxAmount
}

/** A path is wanted when the filter names it, or a path above it. A parent has a smaller id. */
function wantedIds(dictionary: Dictionary, values: readonly string[], bit: number): Uint8Array {
	const wanted = new Uint8Array(dictionary.size + newValues)
	if (values.length === 0) return wanted.fill(bit)
	for (const value of values) {
		const id = dictionary.find(value)
		if (id !== undefined) wanted[id] = bit
	}
	for (let id = 1; id < dictionary.size; id++) {
		const parent = dictionary.parent(id)
		if (parent !== 0 && wanted[parent] === bit) wanted[id] = bit
	}
	return wanted
}
