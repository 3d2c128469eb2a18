import { foldWord, spelledWord } from '../../analysis/words/fold-word.ts'
import { normalText } from '../../analysis/words/normal-text.ts'

/** A word of a text, and the word folded. */
export type TextWord = {
	word: string
	folded: string
	/** The word folded with `ue` for `ü` and the like, when it has such letters. */
	spelled: string | undefined
	/** Whether only signs, such as `-`, stand between the word before and this one. */
	isJoined: boolean
	/** The signs before it. */
	before: string
}

const sign = /[^\p{L}\p{N}\p{M}]+/gu
const numberAfterLetters = /(?<=\p{L})\p{N}.*$/u
const wordPattern = /[\p{L}\p{N}\p{M}]+/gu

/** The words of a name or a title as people read them. */
export function textWords(text: string): TextWord[] {
	const normal = normalText(text)
	const words: TextWord[] = []
	let end = 0
	for (const { 0: word, index } of normal.matchAll(wordPattern)) {
		const before = normal.slice(end, index)
		const isJoined = before !== '' && !/\s/.test(before)
		words.push({ word, folded: foldWord(word), spelled: spelledWord(word), isJoined, before })
		end = index + word.length
	}
	return words
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
	for (const [from, { word, folded, spelled, isJoined }] of words.entries()) {
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

/**
 * Whether a text has a word that begins so, or words that do so together: `350 ml` begins with `350m`. Of `BC1010` also the number is
 * a word.
 */
export function hasBeginning(words: readonly TextWord[], typed: string): boolean {
	// The words of a text have no signs: `4.5` is two of them.
	const beginning = typed.replace(sign, '')
	const hasDigit = /\p{N}/u.test(beginning)
	return words.some(({ folded, spelled }, from) => {
		let joined = folded
		if (joined.startsWith(beginning) || spelled?.startsWith(beginning)) return true
		if (hasDigit && numberAfterLetters.exec(folded)?.[0].startsWith(beginning)) return true
		if (!beginning.startsWith(joined)) return false
		for (const next of words.slice(from + 1, from + mostJoined)) {
			if (!beginning.startsWith(joined) || !(next.isJoined || hasDigit)) return false
			joined += next.folded
			if (joined.startsWith(beginning)) return true
		}
		return false
	})
}
