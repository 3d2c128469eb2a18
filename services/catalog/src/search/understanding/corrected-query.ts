/** A word of a query, and the word that was probably meant. */
export type Correction = { start: number; end: number; word: string }

/** The query with its corrections, before anyone knows how the products write them. */
export type Corrections = {
	text: string
	corrections: Correction[]
	/** The sku of a product that has all of the words. */
	sku: string
}

/**
 * The text of a query with corrections in the place of its words.
 *
 * @param spell how products write a folded word
 */
export function correctedQuery(
	{ text, corrections }: Corrections,
	spell: (word: string) => string | undefined,
): string {
	let corrected = ''
	let written = 0
	for (const { start, end, word } of corrections) {
		corrected += text.slice(written, start) + inCaseOf(text.slice(start, end), spell(word) ?? word)
		written = end
	}
	return corrected + text.slice(written)
}

/** A title begins with a capital, but most people type none. */
function inCaseOf(typed: string, spelling: string): string {
	const lower = spelling.toLowerCase()
	const [first = ''] = typed
	return first === first.toLowerCase() ? lower : lower.replace(/^./u, (letter) => letter.toUpperCase())
}
