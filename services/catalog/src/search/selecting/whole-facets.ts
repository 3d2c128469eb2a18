import type { ColumnsView } from '../columns/columns.ts'
import type { Facet } from './selection.ts'

const oldestMs = 5_000
// Facets of this age are counted again while they still answer.
const renewedMs = 2_500

/**
 * The facets of the whole catalog, at most 5 s old. They are counted in the background, and only while somebody asks for them.
 */
export function createWholeFacets(
	count: (view: ColumnsView) => Promise<Facet[]>,
): (view: ColumnsView) => Promise<Facet[]> {
	let known: { facets: Facet[]; at: number } | undefined
	let counting: Promise<Facet[]> | undefined

	async function countAnew(view: ColumnsView): Promise<Facet[]> {
		const at = performance.now()
		const facets = await count(view)
		known = { facets, at }
		return facets
	}

	return async (view) => {
		const ageMs = known === undefined ? Number.POSITIVE_INFINITY : performance.now() - known.at
		if (known !== undefined && ageMs < renewedMs) return known.facets
		counting ??= countAnew(view).finally(() => {
			counting = undefined
		})
		if (known === undefined || ageMs >= oldestMs) return counting
		// A later call meets the failure, too.
		counting.catch(() => {})
		return known.facets
	}
}
