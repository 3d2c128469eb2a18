import type { QueryWord } from '../analysis/query-words.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import { isVocabularyWord } from '../vocabulary/vocabulary-word.ts'
import { completionWeight } from './alternative-weights.ts'
import type { Alternative, Beginning } from './query-plan.ts'

const mostCompletions = 50
// Rare words are read quickly, so more of them are.
const mostRareCompletions = 250
const mostThoroughCompletions = 1_000
const mostDocsOfRare = 3_000

const mostCompletionsOfPart = 10

// Reading more docs than this for one unfinished word would take long, and only 10,000 products are ranked.
const mostDocs = 30_000

export type Completions = {
	completions: Alternative[]
	/** What more words begin with than those. */
	beginnings: Beginning[]
}

/** The words that an unfinished word can become, as far as they can be known from the vocabulary. */
export function completeWord(
	{ word, alternatives }: QueryWord,
	vocabulary: Pick<Vocabulary, 'completions' | 'docsWith'>,
	isThorough: boolean,
): Completions {
	const isWhole = vocabulary.docsWith(word) > 0
	const found: Completions = { completions: [], beginnings: [] }
	if (isVocabularyWord(word)) {
		addCompletions({ before: [], beginning: word }, frequentCompletions(word, vocabulary, isThorough))
	}
	for (const { tokens, kind } of alternatives) {
		const beginning = tokens.at(-1)
		// A whole sku is not completed: its parts are tokens, too.
		if (kind !== 'exact' || beginning === undefined || beginning.startsWith('#')) continue
		const before = tokens.slice(0, -1)
		if (!isVocabularyWord(beginning)) {
			found.beginnings.push({ before, beginning })
		} else if (before.length > 0) {
			const words = vocabulary.completions(beginning, mostCompletionsOfPart + 1).map((completion) => completion.word)
			const isCut = words.length > mostCompletionsOfPart
			addCompletions({ before, beginning }, { words: words.slice(0, mostCompletionsOfPart), isCut })
		}
	}
	return found

	function addCompletions({ before, beginning }: Beginning, { words, isCut }: { words: string[]; isCut: boolean }) {
		for (const completed of words) {
			const weight = completionWeight(beginning, completed, isWhole)
			found.completions.push({ tokens: [...before, completed], kind: 'completion', weight })
		}
		if (isCut) found.beginnings.push({ before, beginning })
	}
}

/** @param isThorough the most frequent words may be those of products that are gone */
function frequentCompletions(word: string, vocabulary: Pick<Vocabulary, 'completions'>, isThorough: boolean) {
	const most = isThorough ? mostThoroughCompletions : mostRareCompletions
	const words: string[] = []
	let docs = 0
	let isCut = false
	for (const completion of vocabulary.completions(word, most + 1)) {
		docs += completion.docs
		isCut =
			words.length === most ||
			(words.length >= (isThorough ? most : mostCompletions) && docs > mostDocsOfRare) ||
			(words.length > 0 && docs > mostDocs)
		if (isCut) break
		words.push(completion.word)
	}
	return { words, isCut }
}
