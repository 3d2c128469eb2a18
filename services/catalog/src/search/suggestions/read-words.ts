import type { Budget } from '@mercat/service/budget'
import type { QueryWord } from '../analysis/query-words.ts'
import type { SearchIndex } from '../index/search-index.ts'
import type { Postings } from '../segments/postings.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'

export type ReadWordsNeeds = {
	vocabulary: Pick<Vocabulary, 'version' | 'completions' | 'docsWith'>
	index: SearchIndex
}

export type ReadWords = {
	/** What the last word can become, the most frequent first. */
	completions: { word: string; docs: number }[]
	/** The postings of some tokens; undefined when none of them could be read in little time. */
	listsOf(tokens: readonly string[]): Postings[] | undefined
}

const mostCompletions = 12
// A person waits for each letter. Words of more products are taken to be in products with any other word.
const mostDocsOfWord = 3_000
const mostDocs = 6_000
// A letter or two can become anything. Only rare words are looked at: all of their products may be archived.
const longestBeginning = 2
const mostDocsOfBeginning = 50

/** Reads the words of a query, and the completions of its last word, as far as that takes little time. */
export function readWords({ vocabulary, index }: ReadWordsNeeds) {
	return async (required: readonly QueryWord[], last: QueryWord | undefined, budget: Budget): Promise<ReadWords> => {
		const plan = () => {
			const completions = last === undefined ? [] : vocabulary.completions(last.word, mostCompletions)
			const isShort = required.length === 0 && (last?.word.length ?? 0) <= longestBeginning
			const words = [...(last === undefined ? required : [...required, last]).flatMap(tokensOf), ...completions]
			return { completions, tokens: new Set(withinLimit(words, isShort ? mostDocsOfBeginning : mostDocsOfWord)) }
		}
		let { completions, tokens } = plan()
		const { version } = vocabulary
		// Words of products that were just written come with the next read, or when the index has merged them.
		let { postings } = tokens.size === 0 ? nothing : await index.read({ tokens: [...tokens] }, budget)
		if (vocabulary.version !== version) {
			// The index has got words that were new to this process.
			;({ completions, tokens } = plan())
			;({ postings } = await index.read({ tokens: [...tokens] }, budget))
		}
		return {
			completions,
			listsOf(wanted) {
				const read = wanted.filter((token) => tokens.has(token))
				return read.length === 0 ? undefined : read.flatMap((token) => postings.get(token) ?? [])
			},
		}
	}

	/** The single tokens that a product may have for a word, and in how many docs each is. */
	function tokensOf({ alternatives }: QueryWord) {
		return alternatives.flatMap(({ tokens: [word, ...others] }) =>
			word === undefined || others.length > 0 ? [] : [{ word, docs: vocabulary.docsWith(word) }],
		)
	}
}

const nothing = { postings: new Map<string, Postings[]>() }

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
