import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Vocabulary } from './vocabulary.ts'
import type { WordCount } from './word-run.ts'

/** Words that were indexed after a word; `last` is the number of the last one that was looked at. */
export type IndexedWords = { words: WordCount[]; last: number }

export type FollowWordsNeeds = {
	/** The next words after word number `after`; undefined when there is none. */
	wordsAfter(after: number): Promise<IndexedWords | undefined>
	vocabulary: Pick<Vocabulary, 'addUnknown'>
}

/** A call adds the words that were indexed since the call before, also those that other processes have indexed. */
export function followWords({ wordsAfter, vocabulary }: FollowWordsNeeds) {
	let last = 0
	return async (): Promise<void> => {
		for (let next = await wordsAfter(last); next !== undefined; next = await wordsAfter(last)) {
			vocabulary.addUnknown(next.words)
			last = next.last
			await nextTurn()
		}
	}
}
