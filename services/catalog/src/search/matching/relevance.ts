import { fields } from '../analysis/product-tokens.ts'
import type { TermHits } from './term-hits.ts'

/** A term as it counts in the relevance of a doc. */
export type WeightedHits = TermHits & {
	/** How much of the query the term is: the weights of all terms that are not optional make 1. */
	weight: number
	isOptional: boolean
}

// A step of relevance. Docs within one step are equally relevant: stock decides between them.
const steps = 200

// What a doc gets beside the weighted sum of its terms, which is at most 1.
const allInTitle = 0.5
const closeInTitle = 0.5
const beginsTitle = 0.02
const wholeTitle = 0.5
const isTitle = 0.2
const otherField = 0.02
const optionalTerm = 0.05
// The product is what the query names, and not a part or a use of it.
const inHead = 0.2

const headBit = 1 << fields.head

/** The largest relevance of any doc, in steps. */
export const mostRelevance = 4 * steps

/** Gives the relevance of a doc by its index in the hits. */
export function relevanceOf(
	terms: readonly WeightedHits[],
	titleWordsOf: (doc: number) => number,
): (index: number, doc: number) => number {
	const [term, ...others] = terms
	if (term === undefined || others.length > 0) return (index, doc) => relevanceAt(index, terms, doc, titleWordsOf)
	// Most docs of a common word have it outside of their titles, in one of a few ways. By the bits of the fields:
	const known = new Int32Array(256).fill(-1)
	const bestOfKnown = new Uint16Array(256)
	return (index, doc) => {
		const found = term.inFields[index] as number
		const best = term.best[index] as number
		if (term.inTitle[index] !== 0) return relevanceAt(index, terms, doc, titleWordsOf)
		if (known[found] === -1 || bestOfKnown[found] !== best) {
			known[found] = relevanceAt(index, terms, doc, titleWordsOf)
			bestOfKnown[found] = best
		}
		return known[found] as number
	}
}

/**
 * The relevance of a doc, whose hits are at `index`: a whole number of steps, at most {@link mostRelevance}. Only a title that has
 * all terms is asked for its words: most docs of a common word have it elsewhere.
 */
function relevanceAt(
	index: number,
	terms: readonly WeightedHits[],
	doc: number,
	titleWordsOf: (doc: number) => number,
): number {
	let sum = 0
	let covered = 0
	let isAllInTitle = true
	let isFirst = true
	let begins = 0
	let pairs = 0
	let closeness = 0
	let last = 0
	let head = 0
	let kept = 0
	for (let at = 0; at < terms.length; at++) {
		const { best, inFields, inTitle, weight, isOptional } = terms[at] as WeightedHits
		const value = best[index] as number
		if (value === 0 && isOptional) continue
		const bits = inTitle[index] as number
		covered |= bits
		if (isOptional) {
			sum += (optionalTerm * value) / 1_000
			continue
		}
		kept += weight * (value / 1_000)
		const found = inFields[index] as number
		if ((found & headBit) !== 0) head = 1
		sum += weight * (value / 1_000 + otherField * (bitsOf(found & ~headBit) - 1))
		if (bits === 0) isAllInTitle = false
		if (isFirst) begins = bits & 1
		else {
			pairs++
			closeness += closenessOf(last, bits)
		}
		isFirst = false
		last = bits
	}
	if (isAllInTitle) {
		const titleWords = titleWordsOf(doc)
		// Of the rest of the title: in eighths, so that one more word in a long title makes no difference.
		const part = Math.round((8 * Math.min(bitsOf(covered), titleWords)) / Math.max(titleWords, 1)) / 8
		const close = pairs === 0 ? 1 : closeness / pairs
		const isSame = part === 1 && close === 1 && begins === 1 ? 1 : 0
		const title =
			allInTitle + closeInTitle * close + beginsTitle * begins + wholeTitle * part + inHead * head + isTitle * isSame
		// A title with other words than those that were typed counts for less.
		sum += title * kept
	} else if (pairs > 0) sum += (closeInTitle / 2) * (closeness / pairs)
	return Math.min(Math.round(sum * steps), mostRelevance)
}

/** How near a term is to the one before it in the title: 1 right after it (or in one word with it), 0 far away. */
function closenessOf(last: number, bits: number): number {
	if (last === 0 || bits === 0) return 0
	if (((last << 1) & bits) !== 0 || (last & bits) !== 0) return 1
	if (((last << 2) & bits) !== 0 || ((last << 3) & bits) !== 0 || ((last >> 1) & bits) !== 0) return 0.5
	return 0
}

function bitsOf(bits: number): number {
	let count = 0
	for (let rest = bits; rest !== 0; rest &= rest - 1) count++
	return count
}
