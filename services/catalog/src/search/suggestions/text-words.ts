import { foldText } from '../previous/search-text.ts'

/** A word of a text, and the word folded. */
export type TextWord = { word: string; folded: string }

/** The words of a name or a title as people read them. */
export function textWords(text: string): TextWord[] {
	const words = text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
	return words.map((word) => ({ word, folded: foldText(word) }))
}

/** A text by which two texts are the same suggestion. */
export function foldedName(text: string): string {
	return textWords(text)
		.map(({ folded }) => folded)
		.join(' ')
}
