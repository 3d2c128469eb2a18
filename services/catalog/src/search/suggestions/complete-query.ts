import type { Budget } from '@mercat/service/budget'
import type { AnalysedQuery, QueryWord } from '../analysis/query-words.ts'
import type { ColumnsView } from '../columns/columns.ts'
import type { IndexAnswer, SearchIndex } from '../index/search-index.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import { commonDocs, findableDocs } from './common-docs.ts'
import { sampleDocs } from './sample-docs.ts'
import { foldedName, type TextWord, textWords } from './text-words.ts'
import { typedQuery } from './typed-query.ts'

export type CompleteQueryNeeds = {
	analyse(text: string): AnalysedQuery
	vocabulary: Pick<Vocabulary, 'version' | 'completions' | 'docsWith'>
	index: SearchIndex
	/** The titles of those of the products that are not archived, in any order. */
	readTitles(skus: readonly string[], budget: Budget): Promise<string[]>
}

/** What a query can become. */
export type Completions = {
	/** The query with its last word completed, the completion of most products first. */
	queries: string[]
	/** The titles of products that have its words. */
	titles: string[]
	/** Whether products have all of its words as they stand. */
	isWhole: boolean
}

const mostCompletions = 12
const mostSampled = 30
const shortestForTitles = 3
// So many docs are read in little time. Words of more products are taken to be in products with any other word.
const mostDocsOfWord = 10_000
const mostDocs = 20_000

/** Completes a query by the words that stand beside its other words in products. */
export function completeQuery({ analyse, vocabulary, index, readTitles }: CompleteQueryNeeds) {
	return async (text: string, view: ColumnsView, budget: Budget): Promise<Completions> => {
		const { before, head, last } = typedQuery(analyse(text))
		const begun = last?.word ?? ''
		const required = before.filter(({ isExcluded, isFunctionWord }) => !isExcluded && !isFunctionWord)
		const { words, readable, postings } = await read(required, last, budget)
		const docsOf = (tokens: readonly string[]) => docsWithAny(tokens, readable, postings, view)
		const base = commonDocs(required.map((word) => docsOf(tokensOf(word).map(({ word: token }) => token))))
		const whole = last === undefined ? base : commonDocs([base, docsOf([begun])])
		const completed = words.map(({ word }) => ({ word, docs: commonDocs([base, docsOf([word])]) }))
		// Without a word that is being typed, every product with the other words is one of its products.
		const mayHaveTitles = foldedName(text).length >= shortestForTitles
		const sampled = mayHaveTitles
			? sampleDocs([...(whole ?? []), ...completed.flatMap(({ docs }) => docs ?? [])], postings, mostSampled)
			: []
		const titles = await titlesOf(sampled, view, budget)
		const matching = titles.filter((title) => hasWords(textWords(title), required, begun))
		const spelled = spellings(matching)
		return {
			queries: completed
				.filter(({ docs }) => docs === undefined || docs.length > 0)
				.map(({ word, docs }, place) => ({ word, place, docs: docs?.length ?? Number.POSITIVE_INFINITY }))
				.sort((one, other) => (base === undefined ? 0 : other.docs - one.docs) || one.place - other.place)
				.map(({ word }) => head + (spelled.get(word) ?? word)),
			titles: matching,
			isWhole: whole === undefined || whole.length > 0,
		}
	}

	/** The completions of the last word, and the postings of all words that can be read in little time. */
	async function read(required: readonly QueryWord[], last: QueryWord | undefined, budget: Budget) {
		const plan = () => {
			const words = last === undefined ? [] : vocabulary.completions(last.word, mostCompletions)
			const others = last === undefined ? required : [...required, last]
			return { words, readable: new Set(withinLimit([...others.flatMap(tokensOf), ...words])) }
		}
		const first = plan()
		const { version } = vocabulary
		const { postings } = await index.read({ tokens: [...first.readable] }, budget)
		if (vocabulary.version === version) return { ...first, postings }
		// The index has got words that were new to this process.
		const second = plan()
		return { ...second, postings: (await index.read({ tokens: [...second.readable] }, budget)).postings }
	}

	/** The words that are read: the rarest of them, until they have many docs. */
	function withinLimit(words: readonly { word: string; docs: number }[]): string[] {
		let left = mostDocs
		const rarest = words.filter(({ docs }) => docs > 0 && docs <= mostDocsOfWord).sort((a, b) => a.docs - b.docs)
		return rarest
			.filter(({ docs }) => {
				left -= docs
				return left >= 0
			})
			.map(({ word }) => word)
	}

	/** The single tokens that a product may have for a word, and in how many docs each is. */
	function tokensOf({ alternatives }: QueryWord) {
		const tokens = alternatives.flatMap(({ tokens: [token, ...others] }) =>
			token === undefined || others.length > 0 ? [] : [token],
		)
		return tokens.map((word) => ({ word, docs: vocabulary.docsWith(word) }))
	}

	async function titlesOf(docs: readonly number[], view: ColumnsView, budget: Budget): Promise<string[]> {
		if (docs.length === 0) return []
		const titles = await readTitles(
			docs.map((doc) => view.sku(doc)),
			budget,
		)
		return titles.sort((one, other) => one.length - other.length || (one < other ? -1 : 1))
	}
}

/** The docs with one of the tokens; undefined when the tokens are too many or too frequent to read. */
function docsWithAny(
	tokens: readonly string[],
	readable: ReadonlySet<string>,
	postings: IndexAnswer['postings'],
	view: ColumnsView,
): number[] | undefined {
	const read = tokens.filter((token) => readable.has(token))
	if (read.length === 0) return undefined
	return findableDocs(
		read.flatMap((token) => postings.get(token) ?? []),
		view,
	)
}

function hasWords(title: readonly TextWord[], required: readonly QueryWord[], begun: string): boolean {
	const has = (beginning: string) => title.some(({ folded }) => folded.startsWith(beginning))
	return (begun === '' || has(begun)) && required.every(({ word }) => has(word))
}

/** How titles write words, in lower case. */
function spellings(titles: readonly string[]): Map<string, string> {
	return new Map(titles.flatMap((title) => textWords(title).map(({ word, folded }) => [folded, word.toLowerCase()])))
}
