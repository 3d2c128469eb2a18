import type { AnalysedQuery, QuerySpan, QueryWord } from './query-words.ts'
import { piecesOf, wordOfGroups } from './runs/joined-words.ts'
import { type Group, groupsOf } from './runs/run-groups.ts'
import { skuKeyOf } from './sku-tokens.ts'
import { mostQueryWords, type TypedRun, typedRuns } from './typed-runs.ts'
import { unspacedWords } from './unspaced-words.ts'
import { joinedAlternatives, wordAlternatives } from './word-alternatives.ts'
import { mostLetters } from './words/fold-word.ts'
import { isFunctionWord } from './words/function-words.ts'
import { normalText } from './words/normal-text.ts'

// A longer text is no query. Its beginning is searched for.
const longestText = 20_000
const longestCorrected = 4

/** What a query may mean, word by word. Nothing that a person types is an error. */
export function analyseQuery(query: string): AnalysedQuery {
	const text = normalText(query.slice(0, longestText).toWellFormed())
	const words = typedRuns(text, mostQueryWords)
		.flatMap((run) => wordsOf(text, run))
		.slice(0, mostQueryWords)
	return { text, words, spans: spansOf(text, words), skuKey: skuKeyOf(text.trim()) }
}

function wordsOf(text: string, run: TypedRun): QueryWord[] {
	if (run.isUnspaced) return unspacedWords(text, run)
	const groups = groupsOf(text.slice(run.start, run.end))
	return groups.length === 0 ? [] : [queryWord(text, run, groups)]
}

function queryWord(text: string, run: TypedRun, groups: Group[]): QueryWord {
	const { start, end, isExcluded, phrase } = run
	const pieces = groups.flatMap(piecesOf)
	const all = wordAlternatives(groups)
	const word = wordOfGroups(groups)
	const hasDigits = pieces.some(({ isNumber }) => isNumber)
	const parts =
		pieces.length === 1
			? []
			: pieces.map((piece) => queryWord(text, run, [{ segments: [[piece]], isPossessive: false }]))
	return {
		word,
		start,
		end,
		alternatives: phrase === undefined ? all : all.filter(({ kind }) => kind === 'exact'),
		mayBeCorrected: !hasDigits && phrase === undefined && word.length >= longestCorrected,
		mayBeUnfinished: end === text.length && phrase === undefined,
		isExcluded,
		isFunctionWord: pieces.length === 1 && isFunctionWord(word),
		phrase,
		parts,
	}
}

/** Neighbours that only spaces separate, as one word: two of them, and three short ones. */
function spansOf(text: string, words: readonly QueryWord[]): QuerySpan[] {
	return words.flatMap((first, from) => {
		const spans: QuerySpan[] = []
		let word = first.word
		for (let to = from + 1; to < words.length && to < from + 3; to++) {
			const next = words[to]
			const last = words[to - 1]
			if (next === undefined || last === undefined || !canBeOne(text, last, next)) break
			word += next.word
			if (word.length > mostLetters || (to > from + 1 && word.length > longestOfThree)) break
			spans.push({ from, to, word, alternatives: joinedAlternatives(word) })
		}
		return spans
	})
}

const longestOfThree = 8

function canBeOne(text: string, word: QueryWord, next: QueryWord): boolean {
	if (word.isExcluded || next.isExcluded || word.phrase !== undefined || next.phrase !== undefined) return false
	// `10 20` is no 1020.
	if (/\p{N}$/u.test(word.word) && /^\p{N}/u.test(next.word)) return false
	return next.start > word.end && /^\s+$/.test(text.slice(word.end, next.start))
}
