import { foldWord, spelledWord } from '../analysis/words/fold-word.ts'
import { normalText } from '../analysis/words/normal-text.ts'

/** A word of a text, and the word folded. */
export type TextWord = {
	word: string
	folded: string
	/** Whether only signs, such as `-`, stand between the word before and this one. */
	isJoined: boolean
	/** The signs before it. */
	before: string
}

const wordWithSignsBefore = /([^\p{L}\p{N}\p{M}]*)([\p{L}\p{N}\p{M}]+)/gu

/** The words of a name or a title as people read them. */
export function textWords(text: string): TextWord[] {
	return [...normalText(text).matchAll(wordWithSignsBefore)].map(([, before = '', word = '']) => ({
		word,
		folded: foldWord(word),
		isJoined: before !== '' && !/\s/.test(before),
		before,
	}))
}

/** A text by which two texts are the same suggestion. */
export function foldedName(text: string): string {
	return textWords(text)
		.map(({ folded }) => folded)
		.join(' ')
}

// `Wi-Fi` is also `wifi`, and `jack-in-the-box` is one word, too.
const mostJoined = 4
const shortestPiece = 3

/**
 * Tells `take` how each word of a text may be typed, and how the text writes it: `wifi` for `Wi-Fi`, and both `muller` and
 * `mueller` for `Müller`.
 */
export function eachSpelling(words: readonly TextWord[], take: (folded: string, spelling: string) => void): void {
	for (const [from, { word, folded, isJoined }] of words.entries()) {
		const spelled = spelledWord(word)
		// The `fi` of `Wi-Fi` and the `ml` of `350 ml` are no words that anyone looks for.
		const isPiece = isJoined || words[from + 1]?.isJoined === true || /\p{N}$/u.test(words[from - 1]?.word ?? '')
		if (!isPiece || word.length >= shortestPiece) take(folded, word.toLowerCase())
		if (spelled !== undefined) take(spelled, word.toLowerCase())
		let joined = folded
		let spelling = word
		for (const next of words.slice(from + 1, from + mostJoined)) {
			if (!next.isJoined) break
			joined += next.folded
			spelling += next.before + next.word
			take(joined, spelling.toLowerCase())
		}
	}
}

/** Whether a text has a word that begins so, or words that do so together: `350 ml` begins with `350m`. */
export function hasBeginning(words: readonly TextWord[], beginning: string): boolean {
	const hasDigit = /\p{N}/u.test(beginning)
	return words.some(({ word, folded }, from) => {
		let joined = folded
		if (joined.startsWith(beginning) || spelledWord(word)?.startsWith(beginning)) return true
		for (const next of words.slice(from + 1, from + mostJoined)) {
			if (!beginning.startsWith(joined) || !(next.isJoined || hasDigit)) return false
			joined += next.folded
			if (joined.startsWith(beginning)) return true
		}
		return false
	})
}
