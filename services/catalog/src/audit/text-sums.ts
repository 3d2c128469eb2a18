import type { Postings } from '../search/segments/postings.ts'
import { mixHash, tokenHashes } from './token-hashes.ts'

/**
 * Compares where the tokens of docs are with where the index has them, in any order and in eight bytes a doc: each side is a
 * sum of hashes. Two sides that differ have the same sum once in 2^64 times.
 *
 * @param docs in ascending order, each once; other docs are passed over
 */
export function createTextSums(docs: Uint32Array) {
	const low = new Uint32Array(docs.length)
	const high = new Uint32Array(docs.length)

	return {
		/** @param sign 1 for one side, and -1 for the other */
		add(token: string, { docs: found, starts, places }: Postings, sign: 1 | -1): void {
			const [one, other] = tokenHashes(token)
			let index = 0
			for (let entry = 0; entry < found.length; entry++) {
				index = indexFrom(docs, found[entry] as number, index)
				if (docs[index] !== found[entry]) continue
				for (let at = starts[entry] as number; at < (starts[entry + 1] as number); at++) {
					const place = (places[at] as number) + 1
					low[index] = (low[index] as number) + sign * mixHash(one ^ Math.imul(place, 0x9e3779b1))
					high[index] = (high[index] as number) + sign * mixHash(other ^ Math.imul(place, 0x85ebca77))
				}
			}
		},

		/** The docs whose sides differ. */
		differing(): number[] {
			return [...docs].filter((_, index) => low[index] !== 0 || high[index] !== 0)
		},
	}
}

/** The index of the first entry that is not below the value, at or after `from`. */
function indexFrom(sorted: Uint32Array, value: number, from: number): number {
	let end = sorted.length
	let begin = from
	while (begin < end) {
		const middle = (begin + end) >> 1
		if ((sorted[middle] as number) < value) begin = middle + 1
		else end = middle
	}
	return begin
}
