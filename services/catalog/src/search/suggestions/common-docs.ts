import type { ColumnsView } from '../columns/columns.ts'
import type { Postings } from '../segments/postings.ts'

type View = Pick<ColumnsView, 'isFindable'>

/** The findable docs of some lists of postings, ascending. */
export function findableDocs(lists: readonly Postings[], view: View): number[] {
	const docs = new Set<number>()
	for (const list of lists) for (const doc of list.docs) if (view.isFindable(doc)) docs.add(doc)
	return [...docs].sort((one, other) => one - other)
}

/** The docs that are in each of the lists. Undefined stands for all docs. */
export function commonDocs(lists: readonly (readonly number[] | undefined)[]): number[] | undefined {
	let common: readonly number[] | undefined
	for (const list of lists) {
		if (list === undefined) continue
		const others = new Set(list)
		common = common === undefined ? list : common.filter((doc) => others.has(doc))
	}
	return common === undefined ? undefined : [...common]
}
