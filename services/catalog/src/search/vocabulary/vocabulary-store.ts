import type { Database } from '@mercat/database/database'
import type { FollowWordsNeeds, IndexedWords, WordLoss, WordsPlace } from './follow-words.ts'
import type { WordCount } from './word-run.ts'

type Row = { words: string; losses: string; word: number | null; loss: number | null }

export function createVocabularyStore(database: Database): Pick<FollowWordsNeeds, 'wordsAfter' | 'lastLoss'> {
	return {
		async wordsAfter(after: WordsPlace): Promise<IndexedWords | undefined> {
			const [row] = await database.query<Row>(findWordsAfter, [after.word, after.loss])
			if (row === undefined || (row.word === null && row.loss === null)) return undefined
			const words = groupsOf(row.words, 2).map(
				([word, docs]): WordCount => ({ word: word as string, docs: Number(docs) }),
			)
			const losses = groupsOf(row.losses, 3).map(
				([word, lost, docs]): WordLoss => ({ word: word as string, lost: Number(lost), docs: Number(docs) }),
			)
			return { words, losses, last: { word: row.word ?? after.word, loss: row.loss ?? after.loss } }
		},
		async lastLoss() {
			const [row] = await database.query<{ last: number }>(findLastLoss)
			return row?.last ?? 0
		},
	}
}

function groupsOf(list: string, size: number): string[][] {
	const parts = list === '' ? [] : list.split(' ')
	return Array.from({ length: parts.length / size }, (_, n) => parts.slice(n * size, (n + 1) * size))
}

const mostInSlice = 5_000

// One text costs the driver less than an array of thousands of texts. No word contains a space.
const findWordsAfter = {
	name: 'find-words-after',
	text: `
		select w.words, w.last as word, l.words as losses, l.last as loss
		from (
			select coalesce(string_agg(word || ' ' || docs, ' ') filter (where word !~ '[0-9*]'), '') as words, max(id) as last
			from (select id, word, docs from search_word where id > $1 order by id limit ${mostInSlice}) as slice
		) as w, (
			select coalesce(string_agg(words, ' ' order by id), '') as words, max(id) as last
			from search_word_loss where id > $2
		) as l`,
}

const findLastLoss = {
	name: 'find-last-word-loss',
	text: 'select coalesce(max(id), 0) as last from search_word_loss',
}
