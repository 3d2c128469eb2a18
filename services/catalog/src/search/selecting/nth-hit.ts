import type { ProductTable } from '../columns/memory/product-table.ts'

/** A place in the order of relevance: by key, then by sku. */
export type Place = { key: number; slot: number }

/** Hits in no order. The arrays are parallel. */
export type KeyedSlots = { keys: Int32Array; slots: Uint32Array }

/**
 * The hit at this number, from 1, in the order of relevance. It is found without sorting the others (Hoare's quickselect), which
 * changes their order.
 */
export function nthHit(
	{ keys, slots }: KeyedSlots,
	number: number,
	{ compareSkus }: Pick<ProductTable, 'compareSkus'>,
): Place {
	const wanted = number - 1
	let first = 0
	let last = keys.length - 1
	while (first < last) {
		const middle = (first + last) >>> 1
		const key = keys[middle] as number
		const slot = slots[middle] as number
		let low = first
		let high = last
		while (low <= high) {
			while (isBefore(low, key, slot)) low++
			while (isAfter(high, key, slot)) high--
			if (low <= high) swap(low++, high--)
		}
		// Between `high` and `low` are only hits that are the same as the one in the middle.
		if (wanted <= high) last = high
		else if (wanted >= low) first = low
		else break
	}
	return { key: keys[wanted] as number, slot: slots[wanted] as number }

	function isBefore(index: number, key: number, slot: number): boolean {
		const own = keys[index] as number
		return own < key || (own === key && compareSkus(slots[index] as number, slot) < 0)
	}

	function isAfter(index: number, key: number, slot: number): boolean {
		const own = keys[index] as number
		return own > key || (own === key && compareSkus(slots[index] as number, slot) > 0)
	}

	function swap(one: number, other: number): void {
		const key = keys[one] as number
		const slot = slots[one] as number
		keys[one] = keys[other] as number
		slots[one] = slots[other] as number
		keys[other] = key
		slots[other] = slot
	}
}
