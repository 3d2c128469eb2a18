import { fields, placeOf } from '../analysis/product-tokens.ts'
import type { ColumnsView } from '../columns/columns.ts'
import { createPostings } from '../segments/postings.ts'
import type { TermList } from './term-lists.ts'

const shortestPart = 3
const mostDocs = 1_000

/** The products whose sku contains the word. */
export function skuPartLists(word: string, view: Pick<ColumnsView, 'docsWithSkuPart'>): TermList[] {
	if (word.length < shortestPart) return []
	const docs = Uint32Array.from(view.docsWithSkuPart(word, mostDocs)).sort()
	if (docs.length === 0) return []
	const starts = Uint32Array.from({ length: docs.length + 1 }, (_, index) => index)
	const places = new Uint16Array(docs.length).fill(placeOf(fields.sku, 0))
	const alternative = { tokens: [], kind: 'compound', weight: 0.8 } as const
	return [{ postings: createPostings(docs, starts, places), length: 1, ...alternative }]
}
