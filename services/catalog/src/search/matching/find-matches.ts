import type { ColumnsView } from '../columns/columns.ts'
import { docsWithAll, docsWithAny, withoutDocs } from './find-docs.ts'
import { unionOfDocs } from './postings-lists.ts'
import type { PreparedQuery } from './prepare-query.ts'
import type { TermList, TermLists } from './term-lists.ts'

/** Docs, and the lists that each term of the query stands for. */
export type Found = {
	docs: Uint32Array
	terms: { isOptional: boolean; lists: readonly TermList[] }[]
}

type View = Pick<ColumnsView, 'isFindable' | 'docsEnd' | 'size'>

/** The products that have all words as they stand, or the sku. */
export function findWithAll({ terms, excluded, skuDocs }: PreparedQuery, view: View): Found {
	if (terms.length === 0 && excluded.length > 0) return { docs: withoutDocs(findableDocs(view), excluded), terms }
	const required = terms.filter(({ isOptional }) => !isOptional)
	const lists = required.map((term) => term.lists)
	return { docs: orNone(unionOfDocs([docsWithAll(lists, excluded), skuDocs]), view), terms }
}

/** The products that have all words, of which those that no product has are corrected; undefined when there is no correction. */
export function findCorrected({ terms, excluded }: PreparedQuery, view: View): Found | undefined {
	const corrected = terms.map((term) => correctedTerm(term, view))
	if (corrected.every((term, index) => term === terms[index])) return undefined
	const lists = corrected.filter(({ isOptional }) => !isOptional).map((term) => term.lists)
	return { docs: orNone(docsWithAll(lists, excluded), view), terms: corrected }
}

/** The products that have any of the words, corrected ones included. */
export function findWithAny({ terms, excluded }: PreparedQuery, view: View): Found {
	const parts = terms.flatMap((term) => {
		const corrected = correctedTerm(term, view)
		return hasFindable(corrected.lists, view) ? [corrected] : term.parts
	})
	const lists = parts.filter(({ isOptional }) => !isOptional).map((term) => term.lists)
	return { docs: findable(docsWithAny(lists, excluded), view), terms: parts }
}

/** A word that products have stands as it is. */
function correctedTerm(term: TermLists, view: View): TermLists {
	if (term.corrections.length === 0 || hasFindable(term.lists, view)) return term
	return { ...term, lists: term.corrections }
}

export function hasFindable(lists: readonly TermList[], view: View): boolean {
	return lists.some(({ postings }) => postings.docs.some((doc) => view.isFindable(doc)))
}

function findableDocs({ docsEnd, size, isFindable }: View): Uint32Array {
	const docs = new Uint32Array(size)
	let count = 0
	for (let doc = 0; doc < docsEnd && count < size; doc++) if (isFindable(doc)) docs[count++] = doc
	return docs.subarray(0, count)
}

// Which docs have the largest part of the words must not depend on dead ones.
function findable(docs: Uint32Array, view: View): Uint32Array {
	return docs.filter((doc) => view.isFindable(doc))
}

/** The docs, if a search may show any of them. The others among them are left out when a page is selected. */
function orNone(docs: Uint32Array, view: View): Uint32Array {
	return docs.some((doc) => view.isFindable(doc)) ? docs : new Uint32Array()
}
