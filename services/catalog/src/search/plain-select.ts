import type { Select } from './selecting/selection.ts'

export const plainSelect: Select = async ({ view, candidates, after, size }) => {
	const docs = candidates?.docs ?? Uint32Array.from({ length: view.docsEnd }, (_, doc) => doc)
	const all = Array.from(docs, (doc, index) => ({ doc, sortKey: -(candidates?.scores[index] ?? 0) }))
		.filter(({ doc }) => view.isFindable(doc))
		.map(({ doc, sortKey }) => ({ sku: view.sku(doc), sortKey }))
		.sort((one, other) => one.sortKey - other.sortKey || (one.sku < other.sku ? -1 : 1))
		.filter(
			(hit) =>
				after === undefined || hit.sortKey > after.sortKey || (hit.sortKey === after.sortKey && hit.sku > after.sku),
		)
	return {
		hits: all.slice(0, size),
		hasMore: all.length > size,
		totalSize: all.length,
		totalSizeExact: true,
		facets: [],
	}
}
