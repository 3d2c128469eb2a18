import type { Search } from '../../../src/search/request/search-request.ts'
import type { FacetValue, Selection } from '../../../src/search/selecting/selection.ts'
import type { TestProduct } from '../columns/search-columns.ts'

export type PlainProduct = Required<TestProduct> & { doc: number }

export const listing: Search = {
	query: '',
	categories: [],
	brands: [],
	inStock: false,
	currency: undefined,
	minAmountMinor: undefined,
	maxAmountMinor: undefined,
	order: 'relevance',
	collapse: false,
	attributeFacets: [],
}

export type PlainRequest = {
	search: Search
	/** The score of each doc that matches; undefined for all products. */
	scores: ReadonlyMap<number, number> | undefined
	after: { sortKey: number; sku: string } | undefined
	size: number
	/** So many products that match are ranked and counted. */
	most?: number
}

/** What a selection must give, by a plain filter and sort. */
export function plainSelection(
	products: readonly PlainProduct[],
	{ search, scores, after, size, most = 10_000 }: PlainRequest,
): Selection {
	const { categories, brands, inStock, currency, minAmountMinor = 0, maxAmountMinor = Infinity, order } = search
	const allPriced = products.filter(
		({ doc, archived, amount, ...product }) =>
			!archived &&
			(scores === undefined || scores.has(doc)) &&
			(currency === undefined || product.currency === currency) &&
			amount >= minAmountMinor &&
			amount <= maxAmountMinor,
	)
	const wanted = {
		category: ({ category }: PlainProduct) =>
			categories.length === 0 || categories.some((path) => `${category}/`.startsWith(`${path}/`)),
		brand: ({ brand }: PlainProduct) => brands.length === 0 || brands.includes(brand),
		stock: ({ onHand }: PlainProduct) => !inStock || onHand > 0,
	}
	const isHit = (product: PlainProduct) => Object.values(wanted).every((isWanted) => isWanted(product))
	const relevance = (product: PlainProduct) =>
		0 - ((scores?.get(product.doc) ?? 0) * 2 + (product.onHand > 0 ? 1 : 0))
	const byRelevance = allPriced.toSorted(
		(one, other) => relevance(one) - relevance(other) || (one.sku < other.sku ? -1 : 1),
	)
	const allHits = byRelevance.filter(isHit)
	const isCut = scores !== undefined && allHits.length > most
	// Products behind the last hit are as if they did not match.
	const priced = isCut ? byRelevance.slice(0, byRelevance.indexOf(allHits[most - 1] as PlainProduct) + 1) : allPriced
	const but = (own: keyof typeof wanted) =>
		priced.filter((product) => Object.entries(wanted).every(([part, isWanted]) => part === own || isWanted(product)))
	const keyOf = (product: PlainProduct): number => {
		if (order === 'price') return product.amount
		if (order === 'price desc') return 0 - product.amount
		if (order === 'newest') return 0 - Date.parse(product.createdAt) * 1_000
		return relevance(product)
	}
	const hits = priced
		.filter(isHit)
		.map((product) => ({ sku: product.sku, group: product.group, sortKey: keyOf(product) }))
		.sort((one, other) => one.sortKey - other.sortKey || (one.sku < other.sku ? -1 : 1))
	const shown = search.collapse
		? hits.filter((hit, index) => hit.group === '' || hits.findIndex(({ group }) => group === hit.group) === index)
		: hits
	const rest = shown.filter(
		({ sku, sortKey }) =>
			after === undefined || sortKey > after.sortKey || (sortKey === after.sortKey && sku > after.sku),
	)
	return {
		hits: rest.slice(0, size).map(({ sku, sortKey }) => ({ sku, sortKey })),
		hasMore: rest.length > size,
		totalSize: Math.min(shown.length, most),
		totalSizeExact: !isCut && shown.length <= most,
		facets: [
			{ field: 'category', values: counted(but('category').flatMap(({ category }) => pathsOf(category))) },
			{ field: 'brand', values: counted(but('brand').map(({ brand }) => brand)) },
			{ field: 'in_stock', values: counted(but('stock').map(({ onHand }) => String(onHand > 0))) },
		],
	}
}

function pathsOf(category: string): string[] {
	const steps = category.split('/')
	return steps.map((_, index) => steps.slice(0, index + 1).join('/'))
}

function counted(values: string[]): FacetValue[] {
	return [...new Set(values)]
		.filter((value) => value !== '')
		.map((value) => ({ value, count: values.filter((other) => other === value).length }))
		.sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1))
		.slice(0, 50)
}
