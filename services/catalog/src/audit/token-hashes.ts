/** Two hashes of 32 bits of a text (FNV-1a from two beginnings). */
export function tokenHashes(text: string): [number, number] {
	let one = 0x811c9dc5
	let other = 0x1b873593
	for (let index = 0; index < text.length; index++) {
		const unit = text.charCodeAt(index)
		one = Math.imul(one ^ unit, 0x01000193)
		other = Math.imul(other ^ (unit + 0x9e37), 0x01000193)
	}
	return [one, other]
}

/** Spreads a hash over all of its bits: the last step of MurmurHash3. */
export function mixHash(hash: number): number {
	let mixed = hash
	mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
	mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
	return (mixed ^ (mixed >>> 16)) >>> 0
}
