import type { QueryWord } from './query-words.ts'
import type { TypedRun } from './typed-runs.ts'
import { mostLetters } from './words/fold-word.ts'
import { letterSequence, lettersOf } from './words/letter-pairs.ts'

// Shorter texts are one word.
const shortestDivided = 4

// Knows the words of Chinese, Japanese, Thai, Lao, Khmer and Burmese. The index does not depend on it: it has pairs of letters.
const segmenter = new Intl.Segmenter('und', { granularity: 'word' })

/** The words of a query in a script without spaces. Korean words stay whole. */
export function unspacedWords(text: string, run: TypedRun): QueryWord[] {
	const end = Math.min(run.end, run.start + mostLetters)
	const typed = text.slice(run.start, end).toWellFormed()
	const isWhole = run.phrase !== undefined || lettersOf(typed).length < shortestDivided
	const words = isWhole ? [typed] : dividedWords(typed)
	let start = run.start
	return words.flatMap((word) => {
		const found = unspacedWord(text, { ...run, start, end: start + word.length }, lettersOf(word), words.length === 1)
		start += word.length
		return found
	})
}

/** Single letters that stand together stay together: the segmenter does not know their word. */
function dividedWords(typed: string): string[] {
	const words: string[] = []
	let lastIsUnknown = false
	for (const { segment } of segmenter.segment(typed)) {
		const isUnknown = lettersOf(segment).length < 2
		if (isUnknown && lastIsUnknown) words.push((words.pop() ?? '') + segment)
		else words.push(segment)
		lastIsUnknown = isUnknown
	}
	return words
}

// Particles of Japanese and pieces of Thai words. One letter of Chinese is a word.
function saysLittle(letters: readonly string[]): boolean {
	return letters.length === 1 && !/\p{Script=Han}/u.test(letters[0] ?? '')
}

function unspacedWord(text: string, run: TypedRun, letters: string[], isAlone: boolean): QueryWord[] {
	if (letters.length === 0) return []
	const { start, end, isExcluded, phrase } = run
	const tokens = letterSequence(letters)
	const parts = tokens.length < 2 ? [] : tokens.map((token) => part(run, token))
	return [
		{
			word: letters.join(''),
			start,
			end,
			alternatives: [{ tokens, kind: 'exact' }],
			mayBeCorrected: false,
			mayBeUnfinished: end === text.length && phrase === undefined,
			isExcluded,
			isFunctionWord: !isAlone && saysLittle(letters),
			phrase,
			parts,
		},
	]
}

function part({ start, end, isExcluded, phrase }: TypedRun, token: string): QueryWord {
	return {
		word: token,
		start,
		end,
		alternatives: [{ tokens: [token], kind: 'exact' }],
		mayBeCorrected: false,
		mayBeUnfinished: false,
		isExcluded,
		isFunctionWord: false,
		phrase,
		parts: [],
	}
}
