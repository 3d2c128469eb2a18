/** Which docs have a token, and where. Ordered by doc; the places of a doc are ordered by number. */
export type Postings = {
	docs: Uint32Array
	/** The fields in which each doc has the token, a bit for each. Most docs of a common word are scored by them alone. */
	inFields: Uint8Array
	/** The places of `docs[n]` are `places[starts[n]]` to `places[starts[n + 1] - 1]`. */
	starts: Uint32Array
	places: Uint16Array
}

/** Postings of docs with their places. */
export function createPostings(docs: Uint32Array, starts: Uint32Array, places: Uint16Array): Postings {
	const inFields = new Uint8Array(docs.length)
	for (let index = 0; index < docs.length; index++) {
		const end = starts[index + 1] as number
		let bits = 0
		for (let at = starts[index] as number; at < end; at++) bits |= 1 << ((places[at] as number) & 7)
		inFields[index] = bits
	}
	return { docs, inFields, starts, places }
}
