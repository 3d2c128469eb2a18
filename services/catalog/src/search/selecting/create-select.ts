import type { Budget } from '@mercat/service/budget'
import type { ColumnsView } from '../columns/columns.ts'
import { createTurns } from '../columns/turns.ts'
import { createBestHits } from './best-hits.ts'
import { collapseGroups } from './collapse-groups.ts'
import { createFacetCounts, facetsOf } from './facet-counts.ts'
import { findHits, type Hits } from './hits.ts'
import { hasNoCondition, productFilter } from './product-filter.ts'
import { type Facet, mostCounted, type Select, type Selection, type SelectionRequest } from './selection.ts'
import { sortKeys } from './sort-keys.ts'
import { createWholeFacets } from './whole-facets.ts'

export type SelectNeeds = {
	/** The most frequent values of some attributes among some products: a facet for each name, in their order. */
	countAttributes(skus: readonly string[], names: readonly string[], budget: Budget): Promise<Facet[]>
}

const blockSize = 8_192

/** Filters, counts, collapses and orders the candidates of a search, and cuts a page. */
export function createSelect({ countAttributes }: SelectNeeds): Select {
	const wholeFacets = createWholeFacets(async (view) => (await filtered({ view, candidates: undefined })).facets())

	return async (request) => {
		const { view, candidates, search, budget } = request
		const isWhole = candidates === undefined && hasNoCondition(search)
		const found = await filtered(isWhole ? { ...request, isCounted: false } : request)
		const facets = isWhole ? await wholeFacets(view) : found.facets()
		const ranked = candidates === undefined ? found.hits : await bestScored(found.hits, view)
		const keyOf = sortKeys(search.order, view.table, ranked)
		const shown = search.collapse ? await collapseGroups(ranked, keyOf, view.table) : ranked
		return {
			...(await pageOf(shown, request)),
			totalSize: Math.min(shown.count, mostCounted),
			totalSizeExact: (candidates === undefined ? shown : found.hits).count <= mostCounted,
			facets: [...facets, ...(await attributeFacets(ranked, view, search.attributeFacets, budget))],
		}
	}

	async function attributeFacets(
		{ slots, count }: Hits,
		{ table }: ColumnsView,
		names: readonly string[],
		budget: Budget,
	) {
		if (names.length === 0) return []
		const counted = slots.subarray(0, Math.min(count, mostCounted))
		const skus: string[] = []
		for (const slot of counted) skus.push(table.skus.text(slot))
		return countAttributes(skus, names, budget)
	}
}

type FilterRequest = Pick<SelectionRequest, 'view' | 'candidates'> & {
	search?: SelectionRequest['search']
	isCounted?: boolean
}

const everything = {
	categories: [],
	brands: [],
	inStock: false,
	currency: undefined,
	minAmountMinor: undefined,
	maxAmountMinor: undefined,
}

async function filtered({ view, candidates, search, isCounted = true }: FilterRequest) {
	const filter = productFilter(search ?? everything, view)
	const counts = createFacetCounts(view)
	const hits = await findHits(view, candidates, filter, isCounted ? counts : undefined)
	return { hits, facets: () => facetsOf(counts, view) }
}

/** The hits with the best scores, at most as many as are ranked; at equal scores those that relevance puts first. */
async function bestScored(hits: Hits, view: ColumnsView): Promise<Hits> {
	if (hits.count <= mostCounted) return hits
	const turns = createTurns()
	const keyOf = sortKeys('relevance', view.table, hits)
	const best = createBestHits(view.table, mostCounted)
	// The place of each kept hit is not kept, so its score comes from its key: minus twice the score, and one less in stock.
	for (let index = 0; index < hits.count; index++) {
		if (index % blockSize === 0 && turns.isOver()) await turns.next()
		best.offer(keyOf(index), hits.slots[index] as number)
	}
	return { slots: best.slots(), scores: Int32Array.from(best.keys(), (key) => Math.floor(-key / 2)), count: best.count }
}

async function pageOf(
	hits: Hits,
	{ view, search, after, size }: SelectionRequest,
): Promise<Pick<Selection, 'hits' | 'hasMore'>> {
	const { table } = view
	const turns = createTurns()
	const keyOf = sortKeys(search.order, table, hits)
	const isAfterSku = after === undefined ? () => true : table.isAfterSku(after.sku)
	const page = createBestHits(table, size + 1)
	for (let index = 0; index < hits.count; index++) {
		if (index % blockSize === 0 && turns.isOver()) await turns.next()
		const key = keyOf(index)
		const slot = hits.slots[index] as number
		if (after !== undefined && (key < after.sortKey || (key === after.sortKey && !isAfterSku(slot)))) continue
		page.offer(key, slot)
	}
	const found = page.take()
	return {
		hits: found.slice(0, size).map(({ sortKey, slot }) => ({ sku: table.skus.text(slot), sortKey })),
		hasMore: found.length > size,
	}
}
