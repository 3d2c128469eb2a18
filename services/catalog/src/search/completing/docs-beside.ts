import type { ColumnsView } from '../columns/columns.ts'
import { docsWithAll } from '../matching/find-docs.ts'
import { type TermList, termLists } from '../matching/term-lists.ts'
import type { Postings } from '../segments/postings.ts'
import type { Alternative, QueryPlan, Term } from '../understanding/query-plan.ts'

export type PostingsOf = (token: string) => readonly Postings[]

type View = Pick<ColumnsView, 'isFindable'>

/** The docs that have all terms of a plan but the one at `left`, and a sequence of tokens; undefined when that asks for nothing. */
export function docsBeside(
	{ terms, excluded }: QueryPlan,
	{ left, before }: { left: number; before: string[] },
	postingsOf: PostingsOf,
	view: View,
): Uint32Array | undefined {
	const listsOf = (term: Term) => possibleLists(term, postingsOf, view)
	const lists = terms.filter((term, index) => index !== left && !term.isOptional).map(listsOf)
	if (before.length > 0) lists.push(listsOf(sequenceOf(before)))
	return lists.length === 0 ? undefined : docsWithAll(lists, excluded.map(listsOf))
}

/** Corrections count when products have nothing else. */
function possibleLists(term: Term, postingsOf: PostingsOf, view: View): TermList[] {
	const { lists, corrections } = termLists(term, postingsOf, () => [])
	const isFound = lists.some(({ postings }) => postings.docs.some((doc) => view.isFindable(doc)))
	return isFound ? lists : corrections
}

function sequenceOf(tokens: string[]): Term {
	const alternative: Alternative = { tokens, kind: 'exact', weight: 1 }
	return { word: '', start: 0, end: 0, alternatives: [alternative], isOptional: false }
}

/** Some findable docs, evenly spread; all of them when they are at most `most`. */
export function someDocs(docs: Uint32Array, most: number, view: View): { docs: number[]; isWhole: boolean } {
	const first: number[] = []
	for (const doc of docs) {
		if (view.isFindable(doc)) first.push(doc)
		if (first.length > most) break
	}
	if (first.length <= most) return { docs: first, isWhole: true }
	const spread = Array.from({ length: most }, (_, at) => docs[Math.floor((at * docs.length) / most)] as number)
	return { docs: spread.filter((doc) => view.isFindable(doc)), isWhole: false }
}
