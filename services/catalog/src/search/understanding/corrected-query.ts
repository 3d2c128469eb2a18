import type { Term } from './query-plan.ts'

/** The text of a query with the corrections of its terms in the place of their words. */
export function correctedQuery(
	text: string,
	terms: readonly Pick<Term, 'start' | 'end'>[],
	corrections: readonly (string | undefined)[],
): string {
	let corrected = ''
	let written = 0
	for (const [index, { start, end }] of terms.entries()) {
		const correction = corrections[index]
		if (correction === undefined) continue
		corrected += text.slice(written, start) + correction
		written = end
	}
	return corrected + text.slice(written)
}
