import { queryWordTexts } from '../analysis/query-word-texts.ts'
import { foldWord, spelledWord } from '../analysis/words/fold-word.ts'
import { normalText } from '../analysis/words/normal-text.ts'

// Most words of a table are so. The analysis leaves them as they are, and takes long for 200,000 of them.
const plainWords = /^[a-z]{1,40}(?: [a-z]{1,40})*$/
const letters = '[\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}]{1,40}'
const foldedWords = new RegExp(`^${letters}(?: ${letters})*$`, 'u')

/** The words of a text, as the analysis of a query gives them. */
export function wordsOfText(text: string): string[] {
	const lower = text.toLowerCase()
	if (plainWords.test(lower)) return lower.split(' ')
	const normal = normalText(text)
	if (foldedWords.test(normal)) return normal.split(' ').map(foldWord)
	return queryWordTexts(normal)
}

/** The words of a text, and the same as people without umlauts type them: `ol` and `oel` for `Öl`. */
export function spellingsOfText(text: string): string[][] {
	const words = wordsOfText(text)
	const typed = text.split(/\s+/)
	const spelled = typed.map((word) => spelledWord(word) ?? word)
	if (spelled.every((word, index) => word === typed[index])) return [words]
	const others = wordsOfText(spelled.join(' '))
	return others.join(' ') === words.join(' ') ? [words] : [words, others]
}
