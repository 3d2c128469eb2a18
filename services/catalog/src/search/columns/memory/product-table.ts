import {
	type Chunk,
	chunkBits,
	chunkBytes,
	chunkMask,
	createChunk,
	currencyNumber,
	hiddenFlag,
	inStockFlag,
} from './chunk.ts'
import { createDictionary } from './dictionary.ts'
import { createDocSlots } from './doc-slots.ts'
import { createGroupIds } from './group-ids.ts'
import { putNumber } from './put-number.ts'
import { createSkuBytes, foldSku, signOf } from './sku-bytes.ts'

/** What the columns keep of some products: one entry for each product in every list. */
export type ProductStates = {
	skus: string[]
	/** Null for a product that is not in the index yet. */
	docs: (number | null)[]
	titleWords: number[]
	categories: string[]
	brands: string[]
	/** Empty for a product without one. */
	groups: string[]
	currencies: string[]
	amounts: number[]
	/** Microseconds since 1970. */
	createdAt: number[]
	/** 1 for a product that is in stock, and 2 more for one that is archived. */
	flags: number[]
}

export type ProductTable = ReturnType<typeof createProductTable>

/** The products in memory. Each has a slot as long as the process lives, whatever becomes of its text. */
export function createProductTable() {
	const chunks: Chunk[] = []
	const skus = createSkuBytes()
	const docs = createDocSlots()
	const categories = createDictionary('/')
	const brands = createDictionary()
	const groups = createGroupIds()
	// The slots below it are in the order of their skus, because a load reads them so.
	let sortedEnd = 0

	function count(slot: number, by: 1 | -1): void {
		const chunk = chunks[slot >>> chunkBits] as Chunk
		const at = slot & chunkMask
		if (((chunk.flags[at] as number) & hiddenFlag) !== 0) return
		categories.change(chunk.categories[at] as number, by)
		brands.change(chunk.brands[at] as number, by)
	}

	function newSlot(sku: string): number {
		const slot = skus.size
		if ((slot & chunkMask) === 0) chunks.push(createChunk())
		const chunk = chunks[slot >>> chunkBits] as Chunk
		skus.push(sku)
		if (sortedEnd === slot && (slot === 0 || skus.compare(slot - 1, slot) < 0)) sortedEnd = slot + 1
		chunk.skuSigns[slot & chunkMask] = signOf(foldSku(sku))
		chunk.flags[slot & chunkMask] = hiddenFlag
		return slot
	}

	function hide(slot: number): void {
		const chunk = chunks[slot >>> chunkBits] as Chunk
		count(slot, -1)
		chunk.docs[slot & chunkMask] = 0
		chunk.flags[slot & chunkMask] = hiddenFlag
	}

	function write(slot: number, states: ProductStates, index: number): void {
		const chunk = chunks[slot >>> chunkBits] as Chunk
		const at = slot & chunkMask
		const given = <Value>(list: readonly Value[]) => list[index] as Value
		count(slot, -1)
		chunk.docs[at] = given(states.docs) ?? 0
		chunk.flags[at] = given(states.flags)
		chunk.currencies[at] = currencyNumber(given(states.currencies))
		chunk.createdAt[at] = given(states.createdAt)
		chunk.categories = putNumber(chunk.categories, at, categories.add(given(states.categories)))
		chunk.brands = putNumber(chunk.brands, at, brands.add(given(states.brands)))
		chunk.groups = putNumber(chunk.groups, at, groups.idOf(given(states.groups)))
		chunk.amounts = putNumber(chunk.amounts, at, given(states.amounts))
		count(slot, 1)
	}

	return {
		chunks,
		skus,
		docs,
		categories,
		brands,
		groups,
		/** The number of slots. */
		get size() {
			return skus.size
		},

		/** How many slots are in the order of their skus. The order of others takes longer to tell. */
		get sortedEnd() {
			return sortedEnd
		},

		/** Below zero when the sku of a slot is before that of another one, in the order of bytes. */
		compareSkus(one: number, other: number): number {
			return one < sortedEnd && other < sortedEnd ? one - other : skus.compare(one, other)
		},

		/** Tells whether the sku of a slot is after a sku. */
		isAfterSku(sku: string): (slot: number) => boolean {
			const bytes = Buffer.from(sku)
			let first = 0
			for (let end = sortedEnd; first < end; ) {
				const middle = (first + end) >>> 1
				if (skus.compareText(middle, bytes) > 0) end = middle
				else first = middle + 1
			}
			const sorted = sortedEnd
			return (slot) => (slot < sorted ? slot >= first : skus.compareText(slot, bytes) > 0)
		},

		/** Finds the slots of products by docs that they had: the slot of each sku. */
		slotsOf(deadDocs: readonly number[]): Map<string, number> {
			const slots = deadDocs.map((doc) => docs.slotOf(doc)).filter((slot) => slot >= 0)
			return new Map(slots.map((slot) => [skus.text(slot), slot]))
		},

		/**
		 * Writes the present states of some products.
		 *
		 * @param slotOfSku the slots of the docs that these products had before
		 * @param poll the number of the poll that has found the changes
		 */
		apply(states: ProductStates, slotOfSku: Pick<ReadonlyMap<string, number>, 'get'>, poll: number): void {
			for (const [index, doc] of states.docs.entries()) {
				if (doc === null) continue
				const sku = states.skus[index] as string
				const known = docs.slotOf(doc)
				const slot = known >= 0 ? known : (slotOfSku.get(sku) ?? newSlot(sku))
				const old = chunks[slot >>> chunkBits]?.docs[slot & chunkMask] ?? 0
				if (known < 0 && old === 0) docs.add(doc, slot)
				else if (known < 0) docs.replace(old, doc, poll)
				docs.setTitleWords(doc, states.titleWords[index] as number)
				write(slot, states, index)
			}
		},

		/** Hides the products whose doc has died, and that have got no other one. Nothing of ours does that to a product. */
		dropDead(deadDocs: readonly number[], poll: number): void {
			for (const doc of deadDocs) {
				const slot = docs.slotOf(doc)
				if (slot < 0 || chunks[slot >>> chunkBits]?.docs[slot & chunkMask] !== doc) continue
				docs.kill(doc, poll)
				hide(slot)
			}
		},

		bytes: () =>
			chunks.reduce((sum, chunk) => sum + chunkBytes(chunk), 0) +
			[skus, docs, categories, brands, groups].reduce((sum, part) => sum + part.bytes(), 0),
	}
}

/** Whether a product has a piece to sell. */
export function isInStock(flags: number): boolean {
	return (flags & inStockFlag) !== 0
}
