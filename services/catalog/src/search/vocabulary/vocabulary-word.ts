import { longestRunWord } from './word-run.ts'

// Digits of any script, and the marks before tokens that are no words.
const noWord = /[\p{N}*#]/u

/**
 * Whether a token is a word that people can misspell or complete. Tokens with digits are not, and neither are pairs of letters of
 * a script without spaces.
 */
export function isVocabularyWord(token: string): boolean {
	return token.length <= longestRunWord && !noWord.test(token) && !isPairOfLetters(token)
}

function isPairOfLetters(token: string): boolean {
	const letter = token.charCodeAt(0)
	if (isHangul(letter)) return token.length <= 2
	return isOfScriptWithoutSpaces(letter)
}

function isHangul(letter: number): boolean {
	return letter >= 0xac00 && letter <= 0xd7a3
}

function isOfScriptWithoutSpaces(letter: number): boolean {
	const isThaiOrLao = letter >= 0x0e00 && letter <= 0x0eff
	const isBurmese = letter >= 0x1000 && letter <= 0x109f
	const isKhmer = letter >= 0x1780 && letter <= 0x17ff
	// Chinese, Japanese, and all that needs two code units.
	return isThaiOrLao || isBurmese || isKhmer || letter >= 0x2e80
}

/** Whether it is a word of two letters with an umlaut, such as `oel` for `öl`. Few other words end so, and `Motoröl` does. */
export function isShortUmlaut(word: string): boolean {
	return /^[aou]e[a-z]$/.test(word)
}
