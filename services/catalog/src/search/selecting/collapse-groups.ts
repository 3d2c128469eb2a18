import { createTurns } from '../../turns/turns.ts'
import { type Chunk, chunkBits, chunkMask } from '../columns/memory/chunk.ts'
import type { ProductTable } from '../columns/memory/product-table.ts'
import type { Hits } from './hits.ts'

const blockSize = 8_192

/** Leaves of each group the hit that is first in the order. Products without a group stay. */
export async function collapseGroups(hits: Hits, keyOf: (index: number) => number, table: ProductTable): Promise<Hits> {
	const turns = createTurns()
	const groups = new Uint32Array(hits.count)
	// The index of the best hit of each group + 1.
	const best = new Uint32Array(table.groups.count + 1)
	const isBetter = (index: number, other: number) =>
		(keyOf(index) - keyOf(other) || table.compareSkus(hits.slots[index] as number, hits.slots[other] as number)) < 0

	for (let index = 0; index < hits.count; index++) {
		if (index % blockSize === 0 && turns.isOver()) await turns.next()
		const group = groupOf(table, hits.slots[index] as number)
		// A group that is newer than the search counts as none.
		if (group >= best.length) continue
		groups[index] = group
		const known = best[group] as number
		if (group !== 0 && (known === 0 || isBetter(index, known - 1))) best[group] = index + 1
	}
	return keepHits(hits, (index) => groups[index] === 0 || best[groups[index] as number] === index + 1)
}

function groupOf({ chunks }: ProductTable, slot: number): number {
	return (chunks[slot >>> chunkBits] as Chunk).groups[slot & chunkMask] as number
}

function keepHits({ slots, keys, count }: Hits, isKept: (index: number) => boolean): Hits {
	const kept = { slots: slots.slice(0, count), keys: keys?.slice(0, count), count: 0 }
	for (let index = 0; index < count; index++) {
		if (!isKept(index)) continue
		kept.slots[kept.count] = slots[index] as number
		if (kept.keys !== undefined && keys !== undefined) kept.keys[kept.count] = keys[index] as number
		kept.count++
	}
	return kept
}
