import { createTurns } from '../../turns/turns.ts'
import type { ProductTable } from '../columns/memory/product-table.ts'
import { createBestHits } from './best-hits.ts'
import type { Hits } from './hits.ts'
import type { Selection, SelectionRequest } from './selection.ts'
import { relevanceKey, sortKeys } from './sort-keys.ts'

const blockSize = 8_192

/** The hits of a page, in their order. */
export async function pageOfHits(
	hits: Hits,
	{ view: { table }, search: { order }, after, size }: Pick<SelectionRequest, 'view' | 'search' | 'after' | 'size'>,
): Promise<Pick<Selection, 'hits' | 'hasMore'>> {
	const turns = createTurns()
	const keyOf = sortKeys(order, table, hits)
	const isAfterSku = after === undefined ? () => true : table.isAfterSku(after.sku)
	const fromKey = after?.sortKey ?? Number.NEGATIVE_INFINITY
	const page = createBestHits(table, size + 1)
	// Without keys no hit has a lower key, so a full page of such hits in the order of their skus is the page.
	const lowestKey = hits.keys === undefined && order === 'relevance' ? Math.max(fromKey, relevanceKey(0, 1)) : undefined

	let index = 0
	while (index < hits.count) {
		const end = Math.min(index + blockSize, hits.count)
		for (; index < end; index++) {
			const key = keyOf(index)
			if (key > page.lastKey || key < fromKey) continue
			const slot = hits.slots[index] as number
			if (key > fromKey || isAfterSku(slot)) page.offer(key, slot)
		}
		if (page.lastKey === lowestKey) index = Math.max(index, firstUnsorted(hits, table))
		if (turns.isOver()) await turns.next()
	}
	const found = page.take()
	return {
		hits: found.slice(0, size).map(({ sortKey, slot }) => ({ sku: table.skus.text(slot), sortKey })),
		hasMore: found.length > size,
	}
}

/** The index of the first hit whose slot is not in the order of skus. Hits without keys have ascending slots. */
function firstUnsorted({ slots, count }: Hits, { sortedEnd }: Pick<ProductTable, 'sortedEnd'>): number {
	let first = 0
	for (let end = count; first < end; ) {
		const middle = (first + end) >>> 1
		if ((slots[middle] as number) < sortedEnd) first = middle + 1
		else end = middle
	}
	return first
}
