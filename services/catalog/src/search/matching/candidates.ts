/** Docs that match a query, each with a score: a whole number from 0 to 2^30 - 1 that grows with relevance. */
export type Candidates = {
	docs: Uint32Array
	scores: Int32Array
	/** How many entries of the arrays count. */
	count: number
}
