/** A set of skus that takes no memory of the JavaScript heap, which would end the whole process when it is full. */
export type SkuSet = {
	readonly size: number
	add(sku: string): void
	has(sku: string): boolean
}

const wordsPerSku = 2
const mostLoad = 3 / 4

/**
 * Keeps a hash of 63 bits of each sku, in a table with open addressing: 11 to 21 bytes a sku. Among ten million skus, an
 * absent one seems to be there once in 900,000 million questions. The seed is random, so that no source can choose skus
 * that meet.
 */
export function createSkuSet(capacity = 1_024, seed = Math.trunc(Math.random() * 2 ** 32)): SkuSet {
	let table = new Uint32Array(capacity * wordsPerSku)
	let size = 0
	const hash = new Uint32Array(wordsPerSku)

	/** Where a hash is in a table, or the empty place for it. */
	function place(words: Uint32Array, low: number, high: number): number {
		const mask = words.length / wordsPerSku - 1
		for (let slot = high & mask; ; slot = (slot + 1) & mask) {
			const at = slot * wordsPerSku
			const [storedLow, storedHigh] = [words[at], words[at + 1]]
			if ((storedLow === low && storedHigh === high) || (storedLow === 0 && storedHigh === 0)) return at
		}
	}

	function grow(): void {
		const larger = new Uint32Array(table.length * 2)
		for (let at = 0; at < table.length; at += wordsPerSku) {
			const [low, high] = [table[at] as number, table[at + 1] as number]
			if (low === 0 && high === 0) continue
			const to = place(larger, low, high)
			larger[to] = low
			larger[to + 1] = high
		}
		table = larger
	}

	return {
		get size() {
			return size
		},
		add(sku) {
			hashInto(hash, sku, seed)
			const [low, high] = hash as unknown as [number, number]
			const at = place(table, low, high)
			if (table[at] !== 0 || table[at + 1] !== 0) return
			table[at] = low
			table[at + 1] = high
			size++
			if (size > (table.length / wordsPerSku) * mostLoad) grow()
		},
		has(sku) {
			hashInto(hash, sku, seed)
			const at = place(table, hash[0] as number, hash[1] as number)
			return table[at] !== 0 || table[at + 1] !== 0
		},
	}
}

/** The hash cyrb53 (bryc, public domain) with all of its 64 bits. One of them is always set: zero is an empty place. */
function hashInto(hash: Uint32Array, text: string, seed: number): void {
	let one = 0xdeadbeef ^ seed
	let two = 0x41c6ce57 ^ seed
	for (let at = 0; at < text.length; at++) {
		const unit = text.charCodeAt(at)
		one = Math.imul(one ^ unit, 2654435761)
		two = Math.imul(two ^ unit, 1597334677)
	}
	one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909)
	two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909)
	hash[0] = one | 1
	hash[1] = two
}
