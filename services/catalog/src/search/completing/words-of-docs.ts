import type { ProductTokens } from '../analysis/product-tokens.ts'
import { createPostings, type Postings } from '../segments/postings.ts'

/** The longer tokens that begin so, those of most docs first. */
export function tokensWith(beginning: string, docs: Iterable<ProductTokens>): string[] {
	const counts = new Map<string, number>()
	for (const { tokens } of docs) {
		const found = tokens.filter((token) => token.length > beginning.length && token.startsWith(beginning))
		for (const token of new Set(found)) counts.set(token, (counts.get(token) ?? 0) + 1)
	}
	return Array.from(counts)
		.sort(([, one], [, other]) => other - one)
		.map(([token]) => token)
}

/** The postings of a token among these docs, which are in their order. */
export function postingsAmong(token: string, docs: ReadonlyMap<number, ProductTokens>): Postings {
	const found: number[] = []
	const starts = [0]
	const places: number[] = []
	for (const [doc, { tokens, places: all }] of docs) {
		for (const [index, other] of tokens.entries()) if (other === token) places.push(all[index] as number)
		if (places.length === starts.at(-1)) continue
		found.push(doc)
		starts.push(places.length)
	}
	return createPostings(Uint32Array.from(found), Uint32Array.from(starts), Uint16Array.from(places))
}
