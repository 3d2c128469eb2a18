import { eachRun } from './runs/text-runs.ts'

/** The words of a query that are looked at. */
export const mostQueryWords = 16

/** A run of a query, and how it was typed. */
export type TypedRun = {
	start: number
	end: number
	isUnspaced: boolean
	isExcluded: boolean
	phrase: number | undefined
}

/**
 * The first runs of a query. A `"` opens a phrase when another one closes it. After a digit, outside of a phrase, it means
 * inches. A `-` before a word excludes it, and before a `"` all words until the next one, or until the end. All other signs mean
 * nothing.
 *
 * @param text a normal text
 */
export function typedRuns(text: string, most: number): TypedRun[] {
	const runs: TypedRun[] = []
	let phrases = 0
	let index = 0
	while (index < text.length && runs.length < most) {
		const opening = nextQuote(text, index)
		take(index, opening === -1 ? text.length : opening, undefined, false)
		if (opening === -1) break
		const isExcluded = isExclusion(text, opening - 1)
		let closing = text.indexOf('"', opening + 1)
		// Someone who types `mug -"stone` wants no stone.
		if (closing === -1 && isExcluded) closing = text.length
		if (closing === -1) {
			index = opening + 1
			continue
		}
		take(opening + 1, closing, phrases, isExcluded)
		phrases += 1
		index = closing + 1
	}
	return runs

	function take(from: number, to: number, phrase: number | undefined, phraseIsExcluded: boolean): void {
		if (runs.length >= most || from >= to) return
		const part = text.slice(from, to)
		eachRun(part, (start, end, isUnspaced) => {
			const isExcluded = phraseIsExcluded || (phrase === undefined && isExclusion(text, from + start - 1))
			runs.push({ start: from + start, end: from + end, isUnspaced, isExcluded, phrase })
			return runs.length < most
		})
	}
}

/** The next `"` that is no inch mark. */
function nextQuote(text: string, from: number): number {
	let quote = text.indexOf('"', from)
	while (quote > 0 && /\d/.test(text[quote - 1] ?? '')) quote = text.indexOf('"', quote + 1)
	return quote
}

// A number below zero, such as a temperature or a discount, is no exclusion. `-2m` is one.
const belowZero = /-\d+(?:[.,]\d+)?(?:\s*[°%]|[cf]?(?![\p{L}\p{N}]))/iuy

function isExclusion(text: string, dash: number): boolean {
	if (text[dash] !== '-' || (dash > 0 && !/\s/.test(text[dash - 1] ?? ''))) return false
	belowZero.lastIndex = dash
	return !belowZero.test(text)
}
