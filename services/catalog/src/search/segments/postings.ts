/** Which docs have a token, and where. Ordered by doc; the places of a doc are ordered by number. */
export type Postings = {
	docs: Uint32Array
	/** The places of `docs[n]` are `places[starts[n]]` to `places[starts[n + 1] - 1]`. */
	starts: Uint32Array
	places: Uint16Array
}
