import { foldWord } from '../analysis/words/fold-word.ts'
import { normalText } from '../analysis/words/normal-text.ts'

/** A word of a text, and the word folded. */
export type TextWord = { word: string; folded: string }

/** The words of a name or a title as people read them. */
export function textWords(text: string): TextWord[] {
	const words = normalText(text).match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
	return words.map((word) => ({ word, folded: foldWord(word) }))
}

/** A text by which two texts are the same suggestion. */
export function foldedName(text: string): string {
	return textWords(text)
		.map(({ folded }) => folded)
		.join(' ')
}
