import { fieldOf, fields } from '../analysis/product-tokens.ts'
import type { ColumnsView } from '../columns/columns.ts'
import { seek } from '../matching/postings-lists.ts'
import type { Postings } from '../segments/postings.ts'

/** Docs, and the postings that have them. */
export type FoundDocs = { docs: Uint32Array; lists: readonly Postings[] }

// Behind all places in a title.
const noPlace = 0xffff
// Of many docs, some have the word at the beginning of their title, wherever one looks.
const mostLookedAt = 1_000

/**
 * At most `most` of the findable docs, each once: at first docs that have the word near to the beginning of their title. Of many docs,
 * only some that are evenly spread are looked at.
 */
export function sampleDocs(found: readonly FoundDocs[], view: Pick<ColumnsView, 'isFindable'>, most: number): number[] {
	const best: { doc: number; place: number }[] = []
	const chosen = new Set<number>()
	for (const { docs, lists } of found) {
		const step = Math.ceil((docs.length * found.length) / mostLookedAt)
		for (const list of lists) {
			let at = 0
			for (let looked = 0; looked < docs.length; looked += step) {
				const doc = docs[looked] as number
				at = seek(list.docs, doc, at)
				if (list.docs[at] !== doc) continue
				const place = titlePlace(list, at)
				const last = best[most - 1]
				if (chosen.has(doc) || (last !== undefined && place >= last.place) || !view.isFindable(doc)) continue
				let index = best.length
				while (index > 0 && (best[index - 1]?.place ?? 0) > place) index--
				best.splice(index, 0, { doc, place })
				chosen.add(doc)
				const dropped = best.length > most ? best.pop() : undefined
				if (dropped !== undefined) chosen.delete(dropped.doc)
			}
		}
	}
	return best.map(({ doc }) => doc)
}

function titlePlace({ starts, places }: Postings, index: number): number {
	const end = starts[index + 1] as number
	for (let at = starts[index] as number; at < end; at++) {
		if (fieldOf(places[at] as number) === fields.title) return places[at] as number
	}
	return noPlace
}
