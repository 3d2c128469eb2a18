import type { WordLoss } from './follow-words.ts'
import { byNearness, visitNearestWords } from './nearest-words.ts'
import { isShortUmlaut, isVocabularyWord } from './vocabulary-word.ts'
import {
	byFrequency,
	docsAt,
	indexOf,
	lowerBound,
	startOf,
	visitEndings,
	type WordCount,
	type WordRun,
	wordAt,
} from './word-run.ts'
import { createWordRuns } from './word-runs.ts'

/** A word that is near to a misspelled one. */
export type SimilarWord = WordCount & {
	/** How many letters were inserted, deleted, replaced or swapped with their neighbour. */
	edits: number
	/** Only a beginning of the word is near. */
	isBeginning: boolean
}

/** The words of the products, in memory. Words with digits are not in it. */
export type Vocabulary = {
	/** Rises when a word is new. */
	readonly version: number
	/** How many words it has. */
	readonly size: number
	readonly bytes: number
	/** In about how many docs the word is; 0 when it is unknown. */
	docsWith(word: string): number
	/** The most frequent words that begin so and are longer. */
	completions(beginning: string, most: number): WordCount[]
	/** The nearest words, of equally near ones the most frequent first. */
	similarWords(word: string, options: SimilarWordsOptions): SimilarWord[]
	/** The most frequent longer words that end so, such as `kaffeebecher` for `becher`. Short endings have none. */
	endings(ending: string, most: number): WordCount[]
	/** The two words that a word is glued of, the most likely ones first. */
	splits(word: string): [string, string][]
	/** Adds words, or docs to words that are known. Tokens that are no words are ignored. */
	add(words: Iterable<readonly [token: string, docs: number]>): void
	/** Learns in how many docs of the index words are. They keep the docs of segments that are known here and wait to be folded. */
	learn(words: readonly WordCount[]): void
	/** Takes docs from words. Words without docs are unknown from then on. */
	lose(losses: readonly WordLoss[]): void
}

export type SimilarWordsOptions = {
	/** How many edits are forgiven. */
	edits: number
	/** Also words that begin so: the word may be unfinished. */
	fromBeginning: boolean
	most: number
}

const shortestEnding = 4
const shortestHead = 3
const shortestHalf = 2

export function createVocabulary(): Vocabulary {
	const runs = createWordRuns()
	let version = 0

	const docsWith = (word: string) =>
		runs.all().reduce((sum, run) => sum + docsAt(run, indexOf(run, word)), runs.recent().get(word) ?? 0)

	/** The words that `collect` names, each once. */
	function collectWords<Word extends WordCount>(
		collect: (found: (word: Word) => void) => void,
		compare: (one: Word, other: Word) => number,
		most: number,
	): Word[] {
		const words = new Map<string, Word>()
		collect((found) => {
			const known = words.get(found.word)
			if (known === undefined) words.set(found.word, found)
			else known.docs += found.docs
		})
		const known = [...words.values()].filter(({ docs }) => docs > 0)
		return known.sort(compare).slice(0, most)
	}

	return {
		get version() {
			return version
		},
		get size() {
			return runs.all().reduce((sum, { size }) => sum + size, runs.recent().size)
		},
		get bytes() {
			return runs.bytes()
		},
		docsWith,
		completions: (beginning, most) =>
			collectWords(
				(found) => {
					for (const run of runs.all()) for (const word of mostFrequentBeginning(run, beginning, most)) found(word)
					for (const [word, docs] of runs.recent()) {
						if (word.length > beginning.length && word.startsWith(beginning)) found({ word, docs })
					}
				},
				byFrequency,
				most,
			),
		similarWords: (word, { edits, fromBeginning, most }) =>
			collectWords<SimilarWord>(
				(found) => {
					for (const run of [...runs.all(), runs.recentRun()]) {
						visitNearestWords(run, word, { edits, fromBeginning, most }, found)
					}
				},
				byNearness(word),
				most,
			),
		endings: (ending, most) => {
			if (ending.length < shortestEnding && !isShortUmlaut(ending)) return []
			return collectWords(
				(found) => {
					for (const run of [...runs.all(), runs.recentRun()]) {
						visitEndings(run, ending, (index) => {
							const length = startOf(run, index + 1) - startOf(run, index)
							if (length >= ending.length + shortestHead) found({ word: wordAt(run, index), docs: docsAt(run, index) })
						})
					}
				},
				byFrequency,
				most,
			)
		},
		splits(word) {
			const splits: { halves: [string, string]; docs: number }[] = []
			for (let at = shortestHalf; at <= word.length - shortestHalf; at++) {
				const halves: [string, string] = [word.slice(0, at), word.slice(at)]
				// The rarer half tells how likely it is that anyone meant the two.
				const docs = Math.min(...halves.map(docsWith))
				if (docs > 0) splits.push({ halves, docs })
			}
			return splits.sort((one, other) => other.docs - one.docs).map(({ halves }) => halves)
		},
		add(words) {
			for (const [word, docs] of words) {
				if (!isVocabularyWord(word)) continue
				if (!runs.count(word, docs)) version++
			}
			runs.settle()
		},
		learn(words) {
			const unknown: WordCount[] = []
			for (const counted of words) {
				const known = docsWith(counted.word)
				if (known === 0) unknown.push(counted)
				// Segments that were read here are counted. Some of them are in the index now, so the docs of both are no sum.
				else if (counted.docs > known) runs.set(counted.word, counted.docs)
			}
			if (unknown.length === 0) return
			version++
			runs.addRun(unknown)
		},
		lose(losses) {
			for (const { word, lost, docs } of losses) {
				const known = docsWith(word)
				// Segments that wait to be folded count here and not in the index. Others were never read here, and count only there.
				if (known > 0) runs.set(word, Math.max(docs, known - lost))
			}
		},
	}
}

function mostFrequentBeginning(run: WordRun, beginning: string, most: number): WordCount[] {
	let from = lowerBound(run, beginning)
	// Words that begin so stand together. Only the first one can be no longer.
	if (from < run.size && startOf(run, from + 1) - startOf(run, from) === beginning.length) from++
	const to = lowerBound(run, `${beginning}\uffff`)
	let best: number[] = []
	let least = 0
	for (let index = from; index < to; index++) {
		const docs = run.docs[index] as number
		if (docs <= least) continue
		best.push(index)
		if (best.length >= 2 * most) {
			best = best.sort((one, other) => docsAt(run, other) - docsAt(run, one) || one - other).slice(0, most)
			least = docsAt(run, best[most - 1] as number)
		}
	}
	return best.map((index) => ({ word: wordAt(run, index), docs: docsAt(run, index) }))
}
