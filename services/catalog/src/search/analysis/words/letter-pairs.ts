import { cut, foldText } from './fold-word.ts'

/** The letters of a text in a script without spaces, each with its marks, folded. */
export function lettersOf(run: string): string[] {
	const letters = foldText(run).match(/[^\p{M}]\p{M}*/gu) ?? []
	return letters.map(cut)
}

/** Each letter with the next one: what stands in the index for the words of such scripts. */
export function letterPairs(letters: readonly string[]): string[] {
	return letters.slice(0, -1).map((letter, index) => cut(letter + letters[index + 1]))
}

/** The tokens that stand next to each other where a product has these letters: pairs, or the only letter itself. */
export function letterSequence(letters: readonly string[]): string[] {
	return letters.length === 1 ? [...letters] : letterPairs(letters)
}
