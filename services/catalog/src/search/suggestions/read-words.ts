import type { Budget } from '@mercat/service/budget'
import type { SearchIndex } from '../index/search-index.ts'
import type { Postings } from '../segments/postings.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import { isVocabularyWord } from '../vocabulary/vocabulary-word.ts'

export type ReadWordsNeeds = {
	vocabulary: Pick<Vocabulary, 'version' | 'docsWith'>
	index: SearchIndex
}

/** The words of a query that are read. */
export type WantedWords = {
	/** The tokens of the words that products must have, in all their forms. */
	required: readonly string[]
	/** What the last word can become. */
	completions(): readonly { word: string; docs: number }[]
	/** Whether a completion is to be read even when many products have it, because its spelling is not known. */
	isWanted(word: string): boolean
	/** The beginning of tokens that are in no vocabulary, such as `350m`. */
	beginning: string | undefined
	mostDocsOfWord: number
}

export type ReadWords = {
	completions: readonly { word: string; docs: number }[]
	/** The words that were read because few products have them. */
	rare: ReadonlySet<string>
	/** The postings of some tokens; undefined when none of them could be read in little time. */
	listsOf(tokens: readonly string[]): Postings[] | undefined
	/** The postings of tokens with the beginning that was asked for. */
	begun: Postings[]
}

// A person waits for each letter. A common word is read only once in a while, for its spelling.
const mostDocs = 6_000
const mostDocsOfCommon = 40_000
const mostOfBeginning = 10

/** Reads the words of a query, and the completions of its last word, as far as that takes little time. */
export function readWords({ vocabulary, index }: ReadWordsNeeds) {
	return async (wanted: WantedWords, budget: Budget): Promise<ReadWords> => {
		const { required, beginning } = wanted
		const beginnings = beginning === undefined ? [] : [{ beginning, most: mostOfBeginning }]
		const plan = () => {
			const completions = wanted.completions()
			const words = [...required.map((word) => ({ word, docs: vocabulary.docsWith(word) })), ...completions]
			const rare = new Set(withinLimit(words, wanted.mostDocsOfWord))
			const common = completions.filter(({ word }) => !rare.has(word) && wanted.isWanted(word))
			const others = required.filter((token) => !/^[*#]/.test(token) && !isVocabularyWord(token))
			return { completions, rare, tokens: new Set([...rare, ...atFirst(common), ...others]) }
		}
		// A read tells the words of products that were just written. They are needed when nothing else begins so.
		const read = async () =>
			planned.tokens.size + beginnings.length === 0 && planned.completions.length > 0
				? nothing
				: index.read({ tokens: [...planned.tokens], beginnings }, budget)
		let planned = plan()
		const { version } = vocabulary
		let answer = await read()
		if (vocabulary.version !== version) {
			// The index has got words that were new to this process.
			planned = plan()
			answer = await read()
		}
		const { postings, tokensOf } = answer
		const { completions, rare, tokens } = planned
		const postingsOf = (found: readonly string[]) => found.flatMap((token) => postings.get(token) ?? [])
		return {
			completions,
			rare,
			listsOf(asked) {
				const found = asked.filter((token) => tokens.has(token))
				const lists = postingsOf(found)
				return found.length > 0 || asked.every(isUnknown) ? lists : undefined
			},
			begun: beginning === undefined ? [] : postingsOf(tokensOf.get(beginning) ?? []),
		}
	}

	// The vocabulary does not count stems and skus.
	function isUnknown(token: string): boolean {
		return /^[*#]/.test(token) || (isVocabularyWord(token) && vocabulary.docsWith(token) === 0)
	}
}

const nothing = { postings: new Map<string, Postings[]>(), tokensOf: new Map<string, string[]>() }

/** The rarest words, until they have too many docs together. */
function withinLimit(words: readonly { word: string; docs: number }[], mostDocsOfOne: number): string[] {
	let left = mostDocs
	return words
		.filter(({ docs }) => docs > 0 && docs <= mostDocsOfOne)
		.sort((one, other) => one.docs - other.docs)
		.filter(({ docs }) => {
			left -= docs
			return left >= 0
		})
		.map(({ word }) => word)
}

/** The first words, until they have too many docs together. One is always among them. */
function atFirst(words: readonly { word: string; docs: number }[]): string[] {
	let docs = 0
	const end = words.findIndex((word, index) => {
		docs += word.docs
		return index > 0 && docs > mostDocsOfCommon
	})
	return words.slice(0, end === -1 ? words.length : end).map(({ word }) => word)
}
