import type { Budget } from '@mercat/service/budget'
import type { AnalysedQuery, QueryWord } from '../analysis/query-words.ts'
import { isFunctionWord } from '../analysis/words/function-words.ts'
import type { ColumnsView } from '../columns/columns.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import { commonDocs, docsOfLists } from './common-docs.ts'
import { type ReadWordsNeeds, readWords } from './read-words.ts'
import { sampleDocs } from './sample-docs.ts'
import { hasBeginning, type TextWord } from './titles/text-words.ts'
import { titleDocs } from './titles/title-docs.ts'
import type { TitleMemory } from './titles/title-memory.ts'
import type { TitleSpellings } from './titles/title-spellings.ts'
import { type TypedQuery, type TypedWord, typedQuery } from './typed-query.ts'

export type CompleteQueryNeeds = ReadWordsNeeds & {
	analyse(text: string): AnalysedQuery
	vocabulary: Pick<Vocabulary, 'completions' | 'docsWith' | 'version'>
	spellings: TitleSpellings
	titlesOf: TitleMemory
}

/** What a query can become. */
export type Completions = {
	/** The query with its last word completed, the completion of most products first. */
	queries: string[]
	/** The titles of some products that have its words, the shortest first. */
	titles: string[]
	/** Whether products have all of its words as they stand. */
	isWhole: boolean
}

// Some titles are equal, or the query itself.
const spareTitles = 4
// Of products with a number only few have the digits that are typed next.
const mostSampledOfNumber = 60
const titlesOfWord = 2
// The first ones of many completions may be words of skus and of deleted products only.
const mostCompletions = 24
const mostCompletionsAgain = 200
// A letter or two can become anything. Only rare words are looked at: all of their products may be archived.
const longestBeginning = 2
const mostDocsOfBeginning = 50
// Words of more products are taken to be in products with any other word.
const mostDocsOfWord = 3_000
const mostDocsOfWords = 20_000

/** Completes a query by the words that stand beside its other words in products. */
export function completeQuery(needs: CompleteQueryNeeds) {
	const { analyse, vocabulary, spellings, titlesOf } = needs
	const read = readWords(needs)

	/** Resolves to all that is found first, and to `limit` titles at most. */
	return async (text: string, limit: number, view: ColumnsView, budget: Budget): Promise<Completions> => {
		const typed = { ...typedQuery(analyse(text.replace(openDecimal, ''))), limit }
		const first = await complete(typed, mostCompletions, view, budget)
		const { queries, completions } = first
		if (queries.length > 0 || completions < mostCompletions) return first
		return complete(typed, mostCompletionsAgain, view, budget)
	}

	async function complete(typed: TypedQuery & { limit: number }, most: number, view: ColumnsView, budget: Budget) {
		const { required, excluded, head, last, limit } = typed
		const completes = last?.isWord === true && !last.isBehindSign
		const isShort = required.length === 0 && (last?.word.length ?? 0) <= longestBeginning
		const tokensOf = ({ alternatives }: QueryWord) =>
			alternatives.flatMap(({ tokens: [token, ...others] }) =>
				token === undefined || others.length > 0 ? [] : [token],
			)
		const wholeTokens = last === undefined ? [] : last.wholeTokens
		const sequence = last?.sequence ?? []
		const parts = last?.parts ?? []
		const single = (token: string) => [token]
		const words = [...required.map(tokensOf), wholeTokens, ...sequence.map(single)]
		const { completions, rare, listsOf, samplesOf, begun } = await read(
			{
				required: [...words, ...parts.map(single)],
				completions: () => (last?.isWord === true ? vocabulary.completions(last.word, most) : []),
				isWanted: (word) => completes && !isFunctionWord(word) && spellings.of(word) === undefined,
				beginning: last?.beginning,
				mostDocsOfWord: isShort ? mostDocsOfBeginning : mostDocsOfWord,
			},
			budget,
		)
		const docsOf = (tokens: readonly string[]) => {
			const lists = listsOf(tokens)
			const isCommon = lists === undefined || lists.reduce((sum, { docs }) => sum + docs.length, 0) > mostDocsOfWords
			return isCommon ? undefined : docsOfLists(lists)
		}
		const inSequence = sequence.map((token) => docsOf([token]))
		const isFindable = (doc: number) => view.isFindable(doc)
		const base = commonDocs([...required.map((word) => docsOf(tokensOf(word))), ...inSequence])
		const whole =
			last === undefined ? base : commonDocs([base, wholeTokens.length === 0 ? undefined : docsOf(wholeTokens)])
		const completed = completions
			.filter(({ word }) => !isFunctionWord(word) && required.every((other) => other.word !== word))
			.map(({ word }) => ({ word, docs: commonDocs([base, rare.has(word) ? docsOf([word]) : undefined]) }))
			.filter(({ docs }) => docs === undefined || docs.some(isFindable))
		const numbered = begun.length === 0 ? none : (commonDocs([base, docsOfLists(begun)]) ?? none)
		const inParts = parts.length === 0 ? none : (commonDocs([base, ...parts.map((token) => docsOf([token]))]) ?? none)
		const isNumber = last !== undefined && !last.isWord

		const readLists = (all: readonly (readonly string[])[]) => all.flatMap((forms) => listsOf(forms) ?? [])
		const mayHaveTitles = required.length > 0 || last === undefined || last.mayHaveTitles
		const sampled = mayHaveTitles
			? sampleDocs(
					[
						...completed.map(({ word, docs }) => ({ docs: docs ?? none, lists: listsOf([word]) ?? [] })),
						{ docs: numbered, lists: begun },
						{ docs: inParts, lists: readLists(parts.map(single)) },
						{ docs: (isNumber ? base : whole) ?? none, lists: readLists(words) },
					],
					view,
					isNumber ? mostSampledOfNumber : limit + spareTitles,
				)
			: []
		const unspelled = completes ? completed.filter(({ word }) => spellings.of(word) === undefined) : []
		const spelling = unspelled.flatMap(({ word }) => titleDocs(samplesOf(word) ?? [], view, titlesOfWord))
		const titles = await titlesOf([...sampled, ...spelling], view, budget)
		const learned = unspelled.filter(({ word }) => samplesOf(word) !== undefined).map(({ word }) => word)
		const spell = spellings.learn(
			learned,
			titles.map(({ words }) => words),
			rare,
		)
		const fitting = titles.filter(({ words }) => fits(words, typed))
		return {
			queries: (completes ? completed : [])
				.sort((one, other) => (base === undefined ? 0 : (other.docs?.length ?? 0) - (one.docs?.length ?? 0)))
				.flatMap(({ word }) => spell(word) || [])
				.map((spelling) => head + spelling),
			titles: mayHaveTitles ? fitting.slice(0, limit).map(({ title }) => title) : [],
			isWhole: whole === undefined ? excluded.length === 0 : whole.some(isFindable),
			completions: completions.length,
		}
	}
}

const none = new Uint32Array()
// The point of a decimal is typed before its digits.
const openDecimal = /(?<=\p{N})[.,]$/u

function fits(
	title: readonly TextWord[],
	{
		required,
		excluded,
		last,
	}: { required: readonly QueryWord[]; excluded: readonly QueryWord[]; last: TypedWord | undefined },
): boolean {
	const begins = ({ word }: { word: string }) => hasBeginning(title, word)
	if (!required.every(begins) || excluded.some(begins)) return false
	if (last === undefined) return true
	return last.isUnspaced ? title.some(({ folded }) => folded.includes(last.word)) : begins(last)
}
