import type { Database } from '@mercat/database/database'
import type { IndexedWords } from './follow-words.ts'
import type { WordCount } from './word-run.ts'

export type VocabularyStore = ReturnType<typeof createVocabularyStore>

export function createVocabularyStore(database: Database) {
	return {
		/** The next words of the index after word number `after`; undefined when there is none. */
		async wordsAfter(after: number): Promise<IndexedWords | undefined> {
			const [row] = await database.query<{ words: string; last: number | null }>(findWordsAfter, [after])
			if (row === undefined || row.last === null) return undefined
			const parts = row.words === '' ? [] : row.words.split(' ')
			const words: WordCount[] = []
			for (let at = 0; at + 1 < parts.length; at += 2) {
				words.push({ word: parts[at] as string, docs: Number(parts[at + 1]) })
			}
			return { words, last: row.last }
		},
	}
}

const mostInSlice = 5_000

// One text costs the driver less than an array of thousands of texts. No word contains a space.
const findWordsAfter = {
	name: 'find-words-after',
	text: `
		select coalesce(string_agg(word || ' ' || docs, ' ') filter (where word !~ '[0-9*]'), '') as words, max(id) as last
		from (select id, word, docs from search_word where id > $1 order by id limit ${mostInSlice}) as slice`,
}
