import type { Budget } from '@mercat/service/budget'
import type { ColumnsView } from '../columns/columns.ts'
import { hitsOfCandidates } from './candidate-hits.ts'
import { collapseGroups } from './collapse-groups.ts'
import { createFacetCounts, facetsOf } from './facet-counts.ts'
import { type Hits, hitsOfAll } from './hits.ts'
import { pageOfHits } from './page-of-hits.ts'
import { type FilterFields, hasNoCondition, productFilter } from './product-filter.ts'
import { type Facet, mostCounted, type Select, type SelectionRequest } from './selection.ts'
import { sortKeys } from './sort-keys.ts'
import { createWholeFacets } from './whole-facets.ts'

export type SelectNeeds = {
	/** The most frequent values of some attributes among some products: a facet for each name, in their order. */
	countAttributes(skus: readonly string[], names: readonly string[], budget: Budget): Promise<Facet[]>
}

export type SelectOptions = {
	/** See {@link mostCounted}. */
	most?: number
}

/**
 * Filters, counts, collapses and orders the candidates of a search, and cuts a page.
 *
 * Of more than {@link mostCounted} candidates that pass the filter, the first ones by relevance are ranked and counted, whatever
 * the order. Facets count products, also those that a collapse hides. Of a group the product that is first in the order is shown.
 */
export function createSelect({ countAttributes }: SelectNeeds, { most = mostCounted }: SelectOptions = {}): Select {
	const wholeFacets = createWholeFacets(async (view) => (await filtered(view, undefined, everything)).facets)

	return async (request) => {
		const { view, candidates, search, budget } = request
		const { hits, facets } = await filtered(view, candidates, search)
		const shown = search.collapse
			? await collapseGroups(hits, sortKeys(search.order, view.table, hits), view.table)
			: hits
		return {
			...(await pageOfHits(shown, request)),
			totalSize: Math.min(shown.count, most),
			totalSizeExact: hits.isCut !== true && shown.count <= most,
			facets: [
				...(candidates === undefined && hasNoCondition(search) ? await wholeFacets(view) : facets),
				...(await attributeFacets(hits, view, search.attributeFacets, budget)),
			],
		}
	}

	async function filtered(view: ColumnsView, candidates: SelectionRequest['candidates'], fields: FilterFields) {
		const filter = productFilter(fields, view)
		const counts = createFacetCounts(view)
		const hits = await (candidates === undefined
			? hitsOfAll(view, filter, counts)
			: hitsOfCandidates(view, candidates, { filter, counts, most }))
		return { hits, facets: facetsOf(counts, view) }
	}

	async function attributeFacets(
		{ slots, count }: Hits,
		{ table }: ColumnsView,
		names: readonly string[],
		budget: Budget,
	) {
		if (names.length === 0) return []
		const counted = slots.subarray(0, Math.min(count, most))
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
