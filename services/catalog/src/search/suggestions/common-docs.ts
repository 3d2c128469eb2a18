import type { Postings } from '../segments/postings.ts'

/** The docs of some lists of postings, ascending. */
export function docsOfLists(lists: readonly Postings[]): Uint32Array {
	const [only, ...others] = lists
	if (only === undefined) return new Uint32Array()
	if (others.length === 0) return only.docs
	const docs = new Uint32Array(lists.reduce((sum, list) => sum + list.docs.length, 0))
	let count = 0
	for (const list of lists) {
		docs.set(list.docs, count)
		count += list.docs.length
	}
	const sorted = docs.sort()
	return sorted.filter((doc, index) => doc !== sorted[index - 1])
}

/** The docs that are in each of the lists, which are ascending. Undefined stands for all docs. */
export function commonDocs(lists: readonly (Uint32Array | undefined)[]): Uint32Array | undefined {
	let common: Uint32Array | undefined
	for (const list of lists) {
		if (list === undefined) continue
		common = common === undefined ? list : inBoth(common, list)
	}
	return common
}

function inBoth(one: Uint32Array, other: Uint32Array): Uint32Array {
	let at = 0
	return one.filter((doc) => {
		while (at < other.length && (other[at] as number) < doc) at++
		return other[at] === doc
	})
}
