import type { QueryWord } from '../analysis/query-words.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import { completionWeight } from './alternative-weights.ts'
import type { Alternative } from './query-plan.ts'

const mostCompletions = 50
// Rare words are read quickly, so more of them are.
const mostRareCompletions = 1_000
const mostDocsOfRare = 3_000
const mostCompletionsOfPart = 10

// Reading more docs than this for one unfinished word would take long, and only 10,000 products are ranked.
const mostDocs = 30_000

/** The words that an unfinished word can become. `isCut` when there are more. */
export function completeWord(
	{ word, alternatives }: QueryWord,
	vocabulary: Pick<Vocabulary, 'completions' | 'docsWith'>,
	isThorough: boolean,
): { completions: Alternative[]; isCut: boolean } {
	const completions: Alternative[] = []
	const isWhole = vocabulary.docsWith(word) > 0
	let docs = 0
	let isCut = false
	for (const completion of vocabulary.completions(word, mostRareCompletions + 1)) {
		const isMany = completions.length >= (isThorough ? mostRareCompletions : mostCompletions)
		isCut =
			completions.length === mostRareCompletions ||
			(isMany && docs + completion.docs > mostDocsOfRare) ||
			(completions.length > 0 && docs + completion.docs > mostDocs)
		if (isCut) break
		docs += completion.docs
		completions.push(completionOf([completion.word], completionWeight(word, completion.word, isWhole)))
	}
	for (const { tokens, kind } of alternatives) {
		const last = tokens.at(-1)
		if (tokens.length < 2 || kind !== 'exact' || last === undefined) continue
		for (const completion of vocabulary.completions(last, mostCompletionsOfPart)) {
			const weight = completionWeight(last, completion.word, isWhole)
			completions.push(completionOf([...tokens.slice(0, -1), completion.word], weight))
		}
	}
	return { completions, isCut }
}

function completionOf(tokens: string[], weight: number): Alternative {
	return { tokens, kind: 'completion', weight }
}
