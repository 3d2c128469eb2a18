import type { Budget } from '@mercat/service/budget'
import type { ColumnsView } from '../columns/columns.ts'
import { createTurns } from '../columns/turns.ts'
import { createBestHits } from './best-hits.ts'
import { collapseGroups } from './collapse-groups.ts'
import { createFacetCounts, facetsOf } from './facet-counts.ts'
import { findHits, type Hits } from './hits.ts'
import { pageOfHits } from './page-of-hits.ts'
import { type FilterFields, hasNoCondition, productFilter } from './product-filter.ts'
import { type Facet, mostCounted, type Select, type SelectionRequest } from './selection.ts'
import { scoreOfKey, sortKeys } from './sort-keys.ts'
import { createWholeFacets } from './whole-facets.ts'

export type SelectNeeds = {
	/** The most frequent values of some attributes among some products: a facet for each name, in their order. */
	countAttributes(skus: readonly string[], names: readonly string[], budget: Budget): Promise<Facet[]>
}

const blockSize = 8_192

/**
 * Filters, counts, collapses and orders the candidates of a search, and cuts a page.
 *
 * Of more than {@link mostCounted} candidates those with the best scores are ranked, whatever the order. Facets count products,
 * also those that a collapse hides. Of a group the product that is first in the order is shown.
 */
export function createSelect({ countAttributes }: SelectNeeds): Select {
	const wholeFacets = createWholeFacets(async (view) => (await filtered(view, undefined, everything)).facets)

	return async (request) => {
		const { view, candidates, search, budget } = request
		const { hits, facets } = await filtered(view, candidates, search)
		const ranked = mustRank(request) ? await bestScored(hits, view) : hits
		const shown = search.collapse
			? await collapseGroups(ranked, sortKeys(search.order, view.table, ranked), view.table)
			: ranked
		return {
			...(await pageOfHits(shown, request)),
			totalSize: Math.min(shown.count, mostCounted),
			totalSizeExact: (candidates === undefined ? shown : hits).count <= mostCounted,
			facets: [
				...(candidates === undefined && hasNoCondition(search) ? await wholeFacets(view) : facets),
				...(await attributeFacets(ranked, view, search.attributeFacets, budget)),
			],
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

const everything: FilterFields = {
	categories: [],
	brands: [],
	inStock: false,
	currency: undefined,
	minAmountMinor: undefined,
	maxAmountMinor: undefined,
}

async function filtered(view: ColumnsView, candidates: SelectionRequest['candidates'], fields: FilterFields) {
	const counts = createFacetCounts(view)
	const hits = await findHits(view, candidates, productFilter(fields, view), counts)
	return { hits, facets: facetsOf(counts, view) }
}

// The first page of the most relevant hits is the same with and without the others.
function mustRank({ candidates, search, after }: SelectionRequest): boolean {
	const isFirstOfRelevance = search.order === 'relevance' && after === undefined
	return candidates !== undefined && (!isFirstOfRelevance || search.collapse || search.attributeFacets.length > 0)
}

/** The hits with the best scores, at most as many as are ranked; at equal scores those that relevance puts first. */
async function bestScored(hits: Hits, { table }: ColumnsView): Promise<Hits> {
	if (hits.count <= mostCounted) return hits
	const turns = createTurns()
	const keyOf = sortKeys('relevance', table, hits)
	const best = createBestHits(table, mostCounted)
	for (let index = 0; index < hits.count; index++) {
		if (index % blockSize === 0 && turns.isOver()) await turns.next()
		best.offer(keyOf(index), hits.slots[index] as number)
	}
	return { slots: best.slots(), scores: Int32Array.from(best.keys(), scoreOfKey), count: best.count }
}
