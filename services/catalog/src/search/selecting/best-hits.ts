import type { ProductTable } from '../columns/memory/product-table.ts'

/** The first hits of an order, found without sorting all: by sort key, then by sku. */
export function createBestHits({ compareSkus }: Pick<ProductTable, 'compareSkus'>, most: number) {
	// A heap with the last of the kept hits on top.
	const keys = new Float64Array(most)
	const slots = new Uint32Array(most)
	let count = 0

	function isAfter(key: number, slot: number, place: number): boolean {
		const other = keys[place] as number
		return key > other || (key === other && compareSkus(slot, slots[place] as number) > 0)
	}

	function set(place: number, key: number, slot: number): void {
		keys[place] = key
		slots[place] = slot
	}

	function rise(key: number, slot: number): void {
		let place = count++
		while (place > 0) {
			const above = (place - 1) >> 1
			if (!isAfter(key, slot, above)) break
			set(place, keys[above] as number, slots[above] as number)
			place = above
		}
		set(place, key, slot)
	}

	// Puts a hit in the place of the top.
	function sink(key: number, slot: number): void {
		let place = 0
		for (;;) {
			let below = 2 * place + 1
			if (below >= count) break
			if (below + 1 < count && isAfter(keys[below + 1] as number, slots[below + 1] as number, below)) below++
			if (isAfter(key, slot, below)) break
			set(place, keys[below] as number, slots[below] as number)
			place = below
		}
		set(place, key, slot)
	}

	return {
		/** Hits with a larger key are not kept. */
		get lastKey() {
			return count < most ? Number.POSITIVE_INFINITY : (keys[0] as number)
		},
		offer(key: number, slot: number): void {
			if (count < most) rise(key, slot)
			else if (key <= (keys[0] as number) && !isAfter(key, slot, 0)) sink(key, slot)
		},
		/** The hits in their order. The heap is empty afterwards. */
		take(): { sortKey: number; slot: number }[] {
			const hits: { sortKey: number; slot: number }[] = []
			while (count > 0) {
				hits.push({ sortKey: keys[0] as number, slot: slots[0] as number })
				count--
				if (count > 0) sink(keys[count] as number, slots[count] as number)
			}
			return hits.reverse()
		},
	}
}
