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

/** The relevance of the doc at `index`: a whole number of steps, at most {@link mostRelevance}. */
export function relevanceAt(index: number, terms: readonly WeightedHits[], titleWords: number): number {
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
