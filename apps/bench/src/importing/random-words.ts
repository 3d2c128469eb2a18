const onsets = ['b', 'br', 'c', 'd', 'f', 'g', 'gl', 'h', 'k', 'l', 'm', 'n', 'p', 'r', 's', 'st', 't', 'tr', 'v', 'w']
const vowels = ['a', 'e', 'i', 'o', 'u', 'ea', 'oo']
const codas = ['', '', 'l', 'm', 'n', 'r', 's', 't', 'nd', 'sh']

/** Random numbers from 0 to 1, always the same ones (mulberry32). */
export function randomFrom(seed: number): () => number {
	let state = seed
	return () => {
		state = (state + 0x6d2b79f5) | 0
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
	}
}

/** A rank from 0 to `size` - 1: the rank r comes about 1/(r + 1) as often as the first (Zipf). */
export function zipf(size: number, random: () => number): number {
	// The distribution function of 1/r is about log(r) / log(size).
	return Math.min(size - 1, Math.floor((size + 1) ** random()) - 1)
}

/** So many words that can be pronounced. */
export function distinctWords(size: number, random: () => number): string[] {
	const one = (from: string[]) => from[Math.floor(random() * from.length)] as string
	const words = new Set<string>()
	while (words.size < size) {
		const syllables = 1 + Math.floor(random() * 3)
		words.add(Array.from({ length: syllables }, () => one(onsets) + one(vowels) + one(codas)).join(''))
	}
	return [...words]
}
