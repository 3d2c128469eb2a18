import type { Budget } from '@mercat/service/budget'
import type { ColumnsView } from '../columns/columns.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import { mostDocs, type ReadWordsNeeds } from './read-words.ts'
import { titleDocs } from './titles/title-docs.ts'
import type { TitleMemory } from './titles/title-memory.ts'
import type { TitleSpellings } from './titles/title-spellings.ts'

export type SpellWordsNeeds = Pick<ReadWordsNeeds, 'index' | 'readSamples'> & {
	vocabulary: Pick<Vocabulary, 'docsWith'>
	spellings: TitleSpellings
	titlesOf: TitleMemory
}

const titlesOfWord = 2

/** How titles write some words of the index. */
export function spellWords({ index, readSamples, vocabulary, spellings, titlesOf }: SpellWordsNeeds) {
	return async (words: readonly string[], view: ColumnsView, budget: Budget): Promise<TitleSpellings['of']> => {
		const unknown = words.filter((word) => spellings.of(word) === undefined)
		if (unknown.length === 0) return spellings.of
		const isCommon = (word: string) => vocabulary.docsWith(word) > mostDocs
		const rare = unknown.filter((word) => !isCommon(word))
		const [{ postings }, samples] = await Promise.all([
			index.read({ tokens: rare }, budget),
			readSamples(unknown.filter(isCommon), budget),
		])
		const docs = unknown.flatMap((word) => titleDocs(postings.get(word) ?? samples.get(word) ?? [], view, titlesOfWord))
		const titles = await titlesOf(docs, view, budget)
		return spellings.learn(
			unknown,
			titles.map(({ words }) => words),
			new Set(unknown),
		)
	}
}
