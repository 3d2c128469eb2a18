import { docsWithAll } from '../matching/find-docs.ts'
import { unionOfDocs } from '../matching/postings-lists.ts'
import type { Postings } from '../segments/postings.ts'

/** The docs of some lists of postings, ascending. */
export function docsOfLists(lists: readonly Postings[]): Uint32Array {
	return unionOfDocs(lists.map(({ docs }) => docs))
}

/** The docs that are in each of the lists, which are ascending. Undefined stands for all docs. */
export function commonDocs(lists: readonly (Uint32Array | undefined)[]): Uint32Array | undefined {
	const known = lists.filter((list) => list !== undefined)
	if (known.length < 2) return known[0]
	return docsWithAll(
		known.map((docs) => [{ postings: { docs } }]),
		[],
	)
}
