import type { Budget } from '@mercat/service/budget'
import type { SearchIndex } from '../index/search-index.ts'
import type { Postings } from '../segments/postings.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import { isVocabularyWord } from '../vocabulary/vocabulary-word.ts'

export type ReadWordsNeeds = {
	vocabulary: Pick<Vocabulary, 'version' | 'docsWith'>
	index: SearchIndex
	/** Some postings of common words, as far as they have any. */
	readSamples(words: readonly string[], budget: Budget): Promise<ReadonlyMap<string, Postings[]>>
}

/** The words of a query that are read. */
export type WantedWords = {
	/** The tokens of each word that products must have, in all its forms. */
	required: readonly (readonly string[])[]
	/** What the last word can become. */
	completions(): readonly { word: string; docs: number }[]
	/** Whether some postings of a completion are to be read even when many products have it, because its spelling is not known. */
	isWanted(word: string): boolean
	/** The beginning of tokens that are in no vocabulary, such as `350m`. */
	beginning: string | undefined
	mostDocsOfWord: number
}

export type ReadWords = {
	completions: readonly { word: string; docs: number }[]
	/** The words that were read because few products have them. */
	rare: ReadonlySet<string>
	/** The postings of the forms of a word; undefined when they could not be read in little time. */
	listsOf(tokens: readonly string[]): Postings[] | undefined
	/** Some postings of a completion; undefined when none were read. */
	samplesOf(word: string): Postings[] | undefined
	/** The postings of tokens with the beginning that was asked for. */
	begun: Postings[]
}

// A person waits for each letter. Of a common word only some postings are read, and only once in a while, for its spelling.
export const mostDocs = 6_000
const mostCommon = 12
const mostOfBeginning = 10
// How old the words of products may be.
const mostAgeMs = 1_000

/** Reads the words of a query, and the completions of its last word, as far as that takes little time. */
export function readWords({ vocabulary, index, readSamples }: ReadWordsNeeds) {
	let readAt = Number.NEGATIVE_INFINITY

	return async (wanted: WantedWords, budget: Budget): Promise<ReadWords> => {
		const { required, beginning } = wanted
		const beginnings = beginning === undefined ? [] : [{ beginning, most: mostOfBeginning }]
		const plan = () => {
			const completions = wanted.completions()
			// A common word is not looked at. Then its rarer forms tell nothing.
			const known = required.filter((forms) =>
				forms.every((form) => vocabulary.docsWith(form) <= wanted.mostDocsOfWord),
			)
			const forms = known.flat()
			const words = [...forms.map((word) => ({ word, docs: vocabulary.docsWith(word) })), ...completions]
			const rare = new Set(withinLimit(words, wanted.mostDocsOfWord))
			const common = completions.flatMap(({ word }) => (!rare.has(word) && wanted.isWanted(word) ? [word] : []))
			const others = forms.filter((token) => !/^[*#]/.test(token) && !isVocabularyWord(token))
			return { completions, rare, common: common.slice(0, mostCommon), tokens: new Set([...rare, ...others]) }
		}
		// A read tells the words of products that were just written. They are needed when nothing else begins so.
		const knowsWords = () => planned.completions.length > 0 || performance.now() - readAt < mostAgeMs
		const readPostings = async () => {
			if (planned.tokens.size + beginnings.length === 0 && knowsWords()) return nothing
			const answer = await index.read({ tokens: [...planned.tokens], beginnings }, budget)
			readAt = performance.now()
			return answer
		}
		const read = () => Promise.all([readPostings(), readSamples(planned.common, budget)])
		let planned = plan()
		const { version } = vocabulary
		let [answer, samples] = await read()
		if (vocabulary.version !== version) {
			// The index has got words that were new to this process.
			planned = plan()
			;[answer, samples] = await read()
		}
		const { postings, tokensOf } = answer
		const { completions, rare, tokens } = planned
		const postingsOf = (found: readonly string[]) => found.flatMap((token) => postings.get(token) ?? [])
		const listsOf = (forms: readonly string[]) =>
			forms.every((form) => tokens.has(form) || isUnknown(form)) ? postingsOf(forms) : undefined
		return {
			completions,
			rare,
			listsOf,
			samplesOf: (word) => (rare.has(word) ? listsOf([word]) : samples.get(word)),
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
