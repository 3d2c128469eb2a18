const firstCapacity = 1_024

/**
 * Numbers for the names of groups, from 1. It keeps 64 bits of a hash of each name instead of the name: a million groups take
 * 24 MB less, and the chance that any two of them are taken for one is 1 to 37 million.
 */
export function createGroupIds() {
	let capacity = firstCapacity
	let lows = new Uint32Array(capacity)
	let highs = new Uint32Array(capacity)
	let ids = new Uint32Array(capacity)
	let count = 0

	/** Where the hash is, or where there is room for it. */
	function place(low: number, high: number): number {
		let at = low & (capacity - 1)
		while (ids[at] !== 0 && (lows[at] !== low || highs[at] !== high)) at = (at + 1) & (capacity - 1)
		return at
	}

	function write(low: number, high: number, id: number): void {
		const at = place(low, high)
		lows[at] = low
		highs[at] = high
		ids[at] = id
	}

	function grow(): void {
		const before = { lows, highs, ids }
		capacity *= 2
		lows = new Uint32Array(capacity)
		highs = new Uint32Array(capacity)
		ids = new Uint32Array(capacity)
		for (const [at, id] of before.ids.entries()) {
			if (id !== 0) write(before.lows[at] ?? 0, before.highs[at] ?? 0, id)
		}
	}

	return {
		/** Ids are not above it. */
		get count() {
			return count
		},
		/** The id of a group; 0 for the empty name, which is no group. */
		idOf(name: string): number {
			if (name === '') return 0
			const { low, high } = hash(name)
			const known = ids[place(low, high)] ?? 0
			if (known !== 0) return known
			if (count * 3 > capacity * 2) grow()
			write(low, high, ++count)
			return count
		},
		bytes: () => capacity * 12,
	}
}

// Two rounds of MurmurHash3's mixing over the UTF-16 units, with different constants (cyrb53 does the same).
function hash(text: string): { low: number; high: number } {
	let low = 0xdeadbeef
	let high = 0x41c6ce57
	for (let index = 0; index < text.length; index++) {
		const unit = text.charCodeAt(index)
		low = Math.imul(low ^ unit, 2_654_435_761)
		high = Math.imul(high ^ unit, 1_597_334_677)
	}
	low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909)
	high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909)
	return { low: low >>> 0, high: high >>> 0 }
}
