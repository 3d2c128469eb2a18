/** A token in bytes, with its hash. It is made once and looked up in many segments. */
export type TokenKey = { bytes: Buffer; hash: number }

export function tokenKey(token: string): TokenKey {
	const bytes = Buffer.from(token)
	return { bytes, hash: hashBytes(bytes, 0, bytes.length) }
}

/** Finds a token among the names in `buffer`. */
export type TokenTable = {
	/** The number of the token; undefined if there is none. */
	find(key: TokenKey): number | undefined
}

/** What a token takes in a table, at most. */
export const bytesOfTableEntry = 20

/** Name n is at `nameStarts[n]` to `nameEnds[n] - 1`. */
export function createTokenTable(buffer: Buffer, nameStarts: Uint32Array, nameEnds: Uint32Array): TokenTable {
	const count = nameStarts.length
	// A power of two that leaves half of the slots free. A slot has the number of a token plus 1.
	const slots = new Int32Array(2 ** Math.ceil(Math.log2(count + 1) + 1))
	const mask = slots.length - 1
	const hashes = new Int32Array(count)
	for (let index = 0; index < count; index++) {
		const hash = hashBytes(buffer, nameStarts[index] as number, nameEnds[index] as number)
		hashes[index] = hash
		let slot = hash & mask
		while (slots[slot] !== 0) slot = (slot + 1) & mask
		slots[slot] = index + 1
	}
	return {
		find({ bytes, hash }) {
			for (let slot = hash & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
				const index = (slots[slot] as number) - 1
				if (hashes[index] !== hash) continue
				if (buffer.compare(bytes, 0, bytes.length, nameStarts[index], nameEnds[index]) === 0) return index
			}
			return undefined
		},
	}
}

/** FNV-1a, of which the low bits are the best. */
function hashBytes(bytes: Uint8Array, start: number, end: number): number {
	let hash = 0x811c9dc5 | 0
	for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193)
	return hash
}
