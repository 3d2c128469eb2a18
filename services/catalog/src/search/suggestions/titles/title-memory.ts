import type { Budget } from '@mercat/service/budget'
import { LRUCache } from 'lru-cache'
import type { ColumnsView } from '../../columns/columns.ts'
import { type TextWord, textWords } from './text-words.ts'

/** A title, and its words as people read them. */
export type Title = { title: string; words: readonly TextWord[] }

/** A title with the number of its text; null when its product is not indexed. */
export type NumberedTitle = { doc: number | null; title: string }

export type TitleMemoryNeeds = {
	/** The titles of those of the products that are not archived, in any order. */
	readTitles(skus: readonly string[], budget: Budget): Promise<NumberedTitle[]>
}

export type TitleMemory = ReturnType<typeof createTitleMemory>

// A title takes about 1 kB. A person who types asks for the same titles at each letter.
const mostTitles = 4_000

/** The titles that suggestions have read. */
export function createTitleMemory({ readTitles }: TitleMemoryNeeds) {
	// The text of a doc never changes.
	const known = new LRUCache<number, Title>({ max: mostTitles })

	/** The titles of findable docs, the shortest first. The title of a doc that died since the view began is left out. */
	return async (docs: Iterable<number>, view: Pick<ColumnsView, 'sku'>, budget: Budget): Promise<Title[]> => {
		const all = [...new Set(docs)]
		const unknown = all.filter((doc) => !known.has(doc)).map((doc) => view.sku(doc))
		for (const { doc, title } of unknown.length === 0 ? [] : await readTitles(unknown, budget)) {
			if (doc !== null && !known.has(doc)) known.set(doc, { title, words: textWords(title) })
		}
		return all
			.flatMap((doc) => known.get(doc) ?? [])
			.sort(({ title: one }, { title: other }) => one.length - other.length || (one < other ? -1 : 1))
	}
}
