import { createPostings, type Postings } from '../../../src/search/segments/postings.ts'

/** Postings of docs with their places, such as `{ 3: [0, 8] }`. */
export function postingsOf(placesByDoc: Record<number, readonly number[]>): Postings {
	const entries = Object.entries(placesByDoc)
		.map(([doc, places]) => ({ doc: Number(doc), places }))
		.sort((one, other) => one.doc - other.doc)
	const starts = [0]
	for (const { places } of entries) starts.push((starts.at(-1) as number) + places.length)
	return createPostings(
		Uint32Array.from(entries, ({ doc }) => doc),
		Uint32Array.from(starts),
		Uint16Array.from(entries.flatMap(({ places }) => places)),
	)
}

/** Each doc with its places. */
export function placesByDoc({ docs, starts, places }: Postings): Record<number, number[]> {
	return Object.fromEntries(
		Array.from(docs, (doc, index) => [doc, [...places.subarray(starts[index], starts[index + 1])]]),
	)
}
