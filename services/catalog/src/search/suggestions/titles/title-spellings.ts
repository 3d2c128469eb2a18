import { LRUCache } from 'lru-cache'
import { eachSpelling, type TextWord } from './text-words.ts'

/** How titles write the words of the index. Skus and descriptions have words, too, which nobody types. */
export type TitleSpellings = {
	/** How titles write a word; an empty text when none has it; undefined when that is not known. */
	of(word: string): string | undefined
	/**
	 * Learns the spellings of words from titles that should have them.
	 *
	 * @param rare words of few products. That none of their titles has them may change soon, so that it is not kept.
	 */
	learn(
		words: readonly string[],
		titles: readonly (readonly TextWord[])[],
		rare: ReadonlySet<string>,
	): TitleSpellings['of']
}

const mostWords = 20_000
const mostAgeMs = 30_000
// A new title may have the word.
const mostAgeOfNothingMs = 5_000

export function createTitleSpellings(): TitleSpellings {
	const known = new LRUCache<string, string>({ max: mostWords, ttl: mostAgeMs })
	return {
		of: (word) => known.get(word),
		learn(words, titles, rare) {
			const wanted = new Map(words.map((word) => [word, '']))
			if (wanted.size > 0) {
				for (const title of titles) {
					eachSpelling(title, (folded, spelling) => {
						if (wanted.get(folded) === '') wanted.set(folded, spelling)
					})
				}
			}
			for (const [word, spelling] of wanted) {
				if (spelling !== '') known.set(word, spelling)
				else if (!rare.has(word)) known.set(word, spelling, { ttl: mostAgeOfNothingMs })
			}
			return (word) => wanted.get(word) ?? known.get(word)
		},
	}
}
