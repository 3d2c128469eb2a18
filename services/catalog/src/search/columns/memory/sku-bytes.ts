import { chunkBits, chunkMask, chunkSize } from './chunk.ts'

// A sku stands behind its length. The starts of every sixteenth are kept; the others are found from there.
const stepBits = 4
const stepMask = (1 << stepBits) - 1

type Shelf = { bytes: Uint8Array; end: number; starts: Uint32Array }

// The folded sku that is looked at. A sku has at most 64 letters.
const folded = new Uint8Array(64)

// 0 for separators, which a folded sku has not.
const foldedBytes = Uint8Array.from({ length: 256 }, (_, byte) => foldSku(String.fromCharCode(byte)).charCodeAt(0) || 0)

/** The skus of all slots, in the order of the slots. */
export function createSkuBytes() {
	const shelves: Shelf[] = []
	let size = 0

	function startOf(slot: number): number {
		const { bytes, starts } = shelves[slot >>> chunkBits] as Shelf
		let at = starts[(slot & chunkMask) >>> stepBits] as number
		for (let left = slot & stepMask; left > 0; left--) at += (bytes[at] as number) + 1
		return at
	}

	const bytesOf = (slot: number) => (shelves[slot >>> chunkBits] as Shelf).bytes

	/** Below zero when the sku of a slot is before a sku whose text begins at `from`, in the order of bytes. */
	function compareBytes(slot: number, other: Uint8Array, from: number, length: number): number {
		const bytes = bytesOf(slot)
		const start = startOf(slot)
		const own = bytes[start] as number
		const common = Math.min(own, length)
		for (let index = 0; index < common; index++) {
			const difference = (bytes[start + 1 + index] as number) - (other[from + index] as number)
			if (difference !== 0) return difference
		}
		return own - length
	}

	return {
		get size() {
			return size
		},
		push(sku: string): void {
			if ((size & chunkMask) === 0) {
				shelves.push({ bytes: new Uint8Array(1_024), end: 0, starts: new Uint32Array(chunkSize >>> stepBits) })
			}
			const shelf = shelves[size >>> chunkBits] as Shelf
			if (shelf.end + sku.length + 1 > shelf.bytes.length) shelf.bytes = grown(shelf.bytes)
			if ((size & stepMask) === 0) shelf.starts[(size & chunkMask) >>> stepBits] = shelf.end
			shelf.bytes[shelf.end++] = sku.length
			for (let index = 0; index < sku.length; index++) shelf.bytes[shelf.end++] = sku.charCodeAt(index)
			size++
			if ((size & chunkMask) === 0) shelf.bytes = shelf.bytes.slice(0, shelf.end)
		},
		text(slot: number): string {
			const bytes = bytesOf(slot)
			const start = startOf(slot)
			return String.fromCharCode(...bytes.subarray(start + 1, start + 1 + (bytes[start] as number)))
		},
		/** Below zero when the sku of `one` is before that of `other`, in the order of bytes (collation "C"). */
		compare(one: number, other: number): number {
			const bytes = bytesOf(other)
			const start = startOf(other)
			return compareBytes(one, bytes, start + 1, bytes[start] as number)
		},
		compareText: (slot: number, sku: Uint8Array): number => compareBytes(slot, sku, 0, sku.length),
		/** Whether the sku, folded and without separators, contains a folded part. */
		includes(slot: number, part: Uint8Array): boolean {
			const bytes = bytesOf(slot)
			const start = startOf(slot) + 1
			const end = start + (bytes[start - 1] as number)
			let length = 0
			for (let at = start; at < end; at++) {
				const letter = foldedBytes[bytes[at] as number] as number
				if (letter !== 0) folded[length++] = letter
			}
			for (let from = 0; from + part.length <= length; from++) {
				let same = 0
				while (same < part.length && folded[from + same] === part[same]) same++
				if (same === part.length) return true
			}
			return false
		},
		bytes: () => shelves.reduce((sum, { bytes, starts }) => sum + bytes.byteLength + starts.byteLength, 0),
	}
}

function grown(bytes: Uint8Array): Uint8Array {
	const wider = new Uint8Array(Math.ceil(bytes.length * 1.5) + 65)
	wider.set(bytes)
	return wider
}

/** A sku in small letters, without separators. */
export function foldSku(sku: string): string {
	return sku.toLowerCase().replaceAll(/[._-]/g, '')
}

/**
 * A bit for each pair of neighbours in a folded sku or in a part of one. A sku that contains a part has all bits of the part,
 * so most other skus are passed over without a look at their bytes.
 */
export function signOf(folded: string): number {
	let sign = 0
	for (let index = 1; index < folded.length; index++) {
		const pair = folded.charCodeAt(index - 1) * 256 + folded.charCodeAt(index)
		sign |= 1 << (Math.imul(pair, 0x9e37_79b1) >>> 27)
	}
	return sign >>> 0
}
