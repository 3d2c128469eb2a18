import { fieldOf, fields } from '../../analysis/product-tokens.ts'
import type { ColumnsView } from '../../columns/columns.ts'
import type { Postings } from '../../segments/postings.ts'

// The titles of a word that only descriptions have are not looked for without end.
const mostLookedAt = 20_000

/** Some findable docs that have a token in their title. */
export function titleDocs(lists: readonly Postings[], view: Pick<ColumnsView, 'isFindable'>, most: number): number[] {
	const found: number[] = []
	let looked = 0
	for (const { docs, starts, places } of lists) {
		for (let index = 0; index < docs.length && looked < mostLookedAt; index++, looked++) {
			const end = starts[index + 1] as number
			let at = starts[index] as number
			while (at < end && fieldOf(places[at] as number) !== fields.title) at++
			const doc = docs[index] as number
			if (at < end && view.isFindable(doc) && found.push(doc) === most) return found
		}
	}
	return found
}
