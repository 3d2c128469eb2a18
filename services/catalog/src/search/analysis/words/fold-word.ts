/** The number of letters of the longest token. */
export const mostLetters = 64

// Letters that Unicode does not decompose, each with the letters that people type instead.
const plainLetters: Record<string, string> = {
	ß: 'ss',
	æ: 'ae',
	œ: 'oe',
	ø: 'o',
	ł: 'l',
	đ: 'd',
	ð: 'd',
	þ: 'th',
	ħ: 'h',
	ı: 'i',
	ς: 'σ',
	// Letters of Arabic and Persian that are one for a searcher.
	ٱ: 'ا',
	ة: 'ه',
	ى: 'ي',
	ی: 'ي',
	ک: 'ك',
	// Tatweel, which only stretches a word.
	ـ: '',
}
const unplainLetter = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'g')

// Accents, the vowels of Hebrew and Arabic, and the dot of Devanagari. Other scripts do not read without their marks.
// biome-ignore-start lint/suspicious/noMisleadingCharacterClass: single marks are meant.
const optionalMark =
	/[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u093c\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]/g
// biome-ignore-end lint/suspicious/noMisleadingCharacterClass: single marks are meant.

// Devanagari writes a nasal before a letter of its own place in the mouth as a dot or as half a letter: हिंदी and हिन्दी.
const nasal =
	/\u0901|(?:\u0919\u094d(?=[\u0915-\u0918])|\u091e\u094d(?=[\u091a-\u091d])|\u0923\u094d(?=[\u091f-\u0922])|\u0928\u094d(?=[\u0924-\u0927])|\u092e\u094d(?=[\u092a-\u092d]))/g

const katakana = /[\u30a1-\u30f6]/g
const noPartOfWord = /[^\p{L}\p{N}\p{M}]/gu

// How people write these letters when they do not have them.
const spelledLetters: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' }
const spelledLetter = /[äöüåø]/g

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that need no work.
const plain = /^[\u0000-\u007f]*$/

/**
 * A word in lower case, without the marks that people leave out. Katakana becomes hiragana.
 *
 * @param word letters, digits and marks, as `normalText` leaves them
 */
export function foldWord(word: string): string {
	return cut(foldText(word))
}

/** {@link foldWord} of any length. */
export function foldText(word: string): string {
	return plain.test(word) ? word.toLowerCase() : foldLetters(word.toLowerCase())
}

/** The folded word with `ae`, `oe`, `ue` and `aa` for the letters that stand for them; `undefined` when it has none. */
export function spelledWord(word: string): string | undefined {
	if (plain.test(word)) return undefined
	const lower = word.toLowerCase()
	const spelled = lower.replace(spelledLetter, (letter) => spelledLetters[letter] ?? letter)
	return spelled === lower ? undefined : cut(foldLetters(spelled))
}

/** Whether a word has a letter that German changes for the plural, as in `Gläser`. */
export function hasUmlaut(word: string): boolean {
	return /[äöüÄÖÜ]/.test(word)
}

function foldLetters(lower: string): string {
	return (
		lower
			.normalize('NFKD')
			.replace(optionalMark, '')
			.replace(nasal, '\u0902')
			.replace(unplainLetter, (letter) => plainLetters[letter] ?? letter)
			// Puts together again what NFKD took apart in Hangul and kana.
			.normalize('NFKC')
			.replace(katakana, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60))
			.replace(noPartOfWord, '')
	)
}

/** The first letters of a word, without half of a pair of surrogates at the end. */
export function cut(word: string): string {
	if (word.length <= mostLetters) return word
	const last = word.charCodeAt(mostLetters - 1)
	return word.slice(0, last >= 0xd800 && last < 0xdc00 ? mostLetters - 1 : mostLetters)
}
