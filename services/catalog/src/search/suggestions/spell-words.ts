import type { Budget } from '@mercat/service/budget'
import type { ColumnsView } from '../columns/columns.ts'
import type { SearchIndex } from '../index/search-index.ts'
import { textWords } from './text-words.ts'
import { titleDocs } from './title-docs.ts'
import type { TitleSpellings } from './title-spellings.ts'

export type SpellWordsNeeds = {
	index: SearchIndex
	spellings: TitleSpellings
	readTitles(skus: readonly string[], budget: Budget): Promise<string[]>
}

const titlesOfWord = 2

/** How titles write some words of the index. */
export function spellWords({ index, spellings, readTitles }: SpellWordsNeeds) {
	return async (words: readonly string[], view: ColumnsView, budget: Budget): Promise<TitleSpellings['of']> => {
		const unknown = words.filter((word) => spellings.of(word) === undefined)
		if (unknown.length === 0) return spellings.of
		const { postings } = await index.read({ tokens: unknown }, budget)
		const docs = new Set(unknown.flatMap((word) => titleDocs(postings.get(word) ?? [], view, titlesOfWord)))
		const skus = [...docs].map((doc) => view.sku(doc))
		const titles = skus.length === 0 ? [] : await readTitles(skus, budget)
		return spellings.learn(unknown, titles.map(textWords), new Set(unknown))
	}
}
