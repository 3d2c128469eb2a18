import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Vocabulary } from './vocabulary.ts'
import type { WordCount } from './word-run.ts'

/** A word that has lost docs; `docs` is the number of docs that it has left in the index. */
export type WordLoss = WordCount & { lost: number }

/** The numbers of the last word and of the last losses that were looked at. */
export type WordsPlace = { word: number; loss: number }

/** What has happened to the words of the index, as it was at one moment. */
export type IndexedWords = {
	/** Words that are new or have got many docs, in a slice. */
	words: WordCount[]
	/** Losses of words. Words that were lost and have come back are in both lists, or in a later slice. */
	losses: WordLoss[]
	last: WordsPlace
}

const wordsInTurn = 1_000

export type FollowWordsNeeds = {
	/** The next words and losses; undefined when there are none. */
	wordsAfter(after: WordsPlace): Promise<IndexedWords | undefined>
	/** The losses up to now. Words that are read later have had them. */
	lastLoss(): Promise<number>
	vocabulary: Pick<Vocabulary, 'learn' | 'lose'>
}

/** The words of the index that this process follows. */
export function followWords({ wordsAfter, lastLoss, vocabulary }: FollowWordsNeeds) {
	let last: WordsPlace | undefined
	let following: Promise<void> | undefined

	async function readNext(): Promise<void> {
		last ??= { word: 0, loss: await lastLoss() }
		for (let next = await wordsAfter(last); next !== undefined; next = await wordsAfter(last)) {
			// A word that is in both lists has been lost first.
			vocabulary.lose(next.losses)
			for (let first = 0; first < next.words.length; first += wordsInTurn) {
				vocabulary.learn(next.words.slice(first, first + wordsInTurn))
				await nextTurn()
			}
			last = next.last
		}
	}

	/** Learns what has happened to words since the call before, in any process. Calls at the same time share one. */
	function follow(): Promise<void> {
		following ??= readNext().finally(() => {
			following = undefined
		})
		return following
	}

	return {
		follow,
		/** Follows the words up to the one with this number at least. */
		async followTo(word: number): Promise<void> {
			// A call that is under way may have read before the word was there.
			if ((last?.word ?? 0) < word) await following
			if ((last?.word ?? 0) < word) await follow()
		},
	}
}
