import type { Postings } from '../segments/postings.ts'
import { docBits, fitBits, hasDoc } from './doc-bits.ts'
import { seek, unionOfDocs } from './postings-lists.ts'

// A list that is so many times as long as another one is searched, and not read.
const skewed = 8

/** Lists of which a doc must be in one. */
type AnyOf = readonly { postings: Pick<Postings, 'docs'> }[]

/** The docs that have every term, and no excluded one, in order. It begins with the rarest term. */
export function docsWithAll(terms: readonly AnyOf[], excluded: readonly AnyOf[]): Uint32Array {
	const [rarest, ...others] = terms.toSorted((one, other) => countOf(one) - countOf(other))
	if (rarest === undefined) return new Uint32Array()
	const docs = unionOf(rarest)
	return withoutDocs(
		others.reduce((kept, term) => keptDocs(kept, term, true), docs),
		excluded,
	)
}

export function docsWithAny(terms: readonly AnyOf[], excluded: readonly AnyOf[]): Uint32Array {
	return withoutDocs(unionOfDocs(terms.flat().map(({ postings }) => postings.docs)), excluded)
}

export function withoutDocs(docs: Uint32Array, excluded: readonly AnyOf[]): Uint32Array {
	return excluded.reduce((kept, term) => keptDocs(kept, term, false), docs)
}

/** In how many docs a term is. A doc that has several of its alternatives counts several times. */
export function countOf(term: AnyOf): number {
	return term.reduce((sum, { postings }) => sum + postings.docs.length, 0)
}

function unionOf(term: AnyOf): Uint32Array {
	return unionOfDocs(term.map(({ postings }) => postings.docs))
}

/** The docs that are in one of the lists, or in none of them. */
function keptDocs(docs: Uint32Array, lists: AnyOf, isIn: boolean): Uint32Array {
	const found = new Uint8Array(docs.length)
	const others = lists.map(({ postings }) => postings.docs)
	if (others.length > 0 && countOf(lists) < skewed * docs.length && fitBits(others)) {
		const bits = docBits(others)
		for (let index = 0; index < docs.length; index++) if (hasDoc(bits, docs[index] as number)) found[index] = 1
	} else {
		for (const other of others) {
			eachCommonDoc(docs, other, (index) => {
				found[index] = 1
			})
		}
	}
	const wanted = isIn ? 1 : 0
	const kept = new Uint32Array(docs.length)
	let count = 0
	for (let index = 0; index < docs.length; index++) {
		if (found[index] === wanted) kept[count++] = docs[index] as number
	}
	return kept.subarray(0, count)
}

/** Calls `visit` with each doc that both lists have, by its indexes in the one and in the other. */
export function eachCommonDoc(
	docs: Uint32Array,
	others: Uint32Array,
	visit: (index: number, otherIndex: number) => void,
): void {
	const isSkewed = others.length > skewed * docs.length || docs.length > skewed * others.length
	let at = 0
	let otherAt = 0
	while (at < docs.length && otherAt < others.length) {
		const doc = docs[at] as number
		const other = others[otherAt] as number
		if (doc === other) visit(at++, otherAt++)
		else if (doc < other) at = isSkewed ? seek(docs, other, at) : at + 1
		else otherAt = isSkewed ? seek(others, doc, otherAt) : otherAt + 1
	}
}
