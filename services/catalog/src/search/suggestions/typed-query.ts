import type { AnalysedQuery, QueryWord } from '../analysis/query-words.ts'
import { classAt, letterClasses } from '../analysis/words/letter-classes.ts'

/** A query as far as it is typed. */
export type TypedQuery = {
	/** The words before the one that is being typed, without those that say little. */
	required: QueryWord[]
	/** The words that were typed as `-word`. */
	excluded: QueryWord[]
	/** The text before the word that is being typed. */
	head: string
	/** The word that is being typed; undefined after a blank. */
	last: TypedWord | undefined
}

/** A word that is being typed. */
export type TypedWord = {
	word: string
	/** Whether it has only letters, of a script with spaces: the vocabulary can complete it. */
	isWord: boolean
	isUnspaced: boolean
	/** Whether a sign stands before it, as in `Home/K`. */
	isBehindSign: boolean
	/** The tokens of which a product that has the whole word has one. */
	wholeTokens: string[]
	/** The tokens that products must have, when it is no word. The last one may be unfinished, and is missing then. */
	sequence: string[]
	/** The tokens that products have instead of a token with that beginning: `350` for `350m`, which may be "350 ml". */
	parts: string[]
	/** The beginning of tokens that may be meant, when it is no word. */
	beginning: string | undefined
	/** Whether so much is typed that titles are worth a look. */
	mayHaveTitles: boolean
}

const shortestForTitles = 3
const shortestBeginning = 2

export function typedQuery({ text, words }: AnalysedQuery): TypedQuery {
	const end = words.at(-1)
	const last = end?.mayBeUnfinished !== true || end.isExcluded ? undefined : end
	const before = last === undefined ? words : words.slice(0, -1)
	return {
		required: before.filter(({ isExcluded, isFunctionWord }) => !isExcluded && !isFunctionWord),
		excluded: words.filter(({ isExcluded }) => isExcluded),
		head: last === undefined ? text : text.slice(0, last.start),
		last: last === undefined ? undefined : typedWord(text, last),
	}
}

function typedWord(text: string, { word, start, alternatives }: QueryWord): TypedWord {
	const isUnspaced = classAt(word, 0) === letterClasses.unspaced
	const isWord = !isUnspaced && !/\p{N}/u.test(word)
	const tokens = isWord ? [] : (alternatives[0]?.tokens ?? [])
	const unfinished = isWord || isUnspaced ? '' : (tokens.at(-1) ?? '')
	return {
		word,
		isWord,
		isUnspaced,
		isBehindSign: /[^\s"]$/.test(text.slice(0, start)),
		wholeTokens: alternatives.flatMap(({ tokens }) => (tokens.length === 1 ? tokens : [])),
		sequence: isUnspaced ? tokens : tokens.slice(0, -1),
		parts:
			isWord || tokens.length > 1
				? []
				: (alternatives.find((each) => each.tokens.length > 1)?.tokens.slice(0, -1) ?? []),
		beginning: unfinished.length < shortestBeginning ? undefined : unfinished,
		mayHaveTitles: isUnspaced || word.length >= (isWord ? shortestForTitles : shortestBeginning),
	}
}
