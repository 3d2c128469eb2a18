import type { ColumnsView, IndexState } from './columns.ts'
import { type Chunk, chunkBits, chunkMask, hiddenFlag } from './memory/chunk.ts'
import type { ProductTable } from './memory/product-table.ts'
import { foldSku, signOf } from './memory/sku-bytes.ts'

export type ColumnsViewOptions = {
	table: ProductTable
	index: IndexState
	/** The number of the poll that the view shows. */
	poll: number
	/** Whether the table is so new that it does not know which docs died a short time ago. */
	keepsAll: boolean
}

/** The table as of a poll. */
export function createColumnsView({ table, index, poll, keepsAll }: ColumnsViewOptions): ColumnsView {
	const { docs, skus, chunks, brands, categories } = table
	const { size } = table
	const slotOf = (doc: number) => docs.slotAt(doc, poll)
	const chunkOf = (slot: number) => chunks[slot >>> chunkBits] as Chunk

	return {
		index,
		docsEnd: docs.end,
		size,
		brands,
		categories,
		table,
		keepsAll,
		slotOf,
		isLiving: (doc) => slotOf(doc) >= 0,
		isFindable(doc) {
			const slot = slotOf(doc)
			return slot >= 0 && ((chunkOf(slot).flags[slot & chunkMask] as number) & hiddenFlag) === 0
		},
		titleWords: docs.titleWords,
		sku(doc) {
			const slot = slotOf(doc)
			return slot < 0 ? '' : skus.text(slot)
		},
		keepsDoc: (doc) => keepsAll || docs.slotOf(doc) >= 0,
		docsWithSkuPart(text, most) {
			const part = foldSku(text)
			const sign = signOf(part)
			const bytes = Buffer.from(part)
			const found: number[] = []
			for (let first = 0; first < size; first += chunkMask + 1) {
				const { skuSigns, flags, docs: present } = chunkOf(first)
				const end = Math.min(chunkMask + 1, size - first)
				for (let at = 0; at < end; at++) {
					if (((skuSigns[at] as number) & sign) >>> 0 !== sign) continue
					if (((flags[at] as number) & hiddenFlag) !== 0 || !skus.includes(first + at, bytes)) continue
					const doc = docs.docAt(present[at] as number, poll)
					if (doc > 0 && found.push(doc) === most) return found
				}
			}
			return found
		},
	}
}
