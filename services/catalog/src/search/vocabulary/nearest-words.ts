import { visitSimilarWords } from './similar-words.ts'
import type { SimilarWord, SimilarWordsOptions } from './vocabulary.ts'
import { byFrequency, docsAt, type WordRun, wordAt } from './word-run.ts'

/** Calls `found` with the words of a run that are near to a word. Of very many, only the most frequent ones are named. */
export function visitNearestWords(
	run: WordRun,
	word: string,
	{ edits, fromBeginning, most }: SimilarWordsOptions,
	found: (word: SimilarWord) => void,
): void {
	// The most frequent words at each distance. A beginning can be that of thousands of words.
	const buckets = new Map<number, number[]>()
	visitSimilarWords(run, word, { edits, fromBeginning }, (index, distance, isBeginning) => {
		const bucket = distance * 2 + (isBeginning ? 1 : 0)
		const indexes = buckets.get(bucket) ?? []
		indexes.push(index)
		buckets.set(bucket, indexes)
	})
	for (const [bucket, indexes] of buckets) {
		indexes.sort((one, other) => docsAt(run, other) - docsAt(run, one) || one - other)
		// Words with another first letter come later, but must not be lost.
		for (const index of indexes.slice(0, 4 * most)) {
			const similar = { word: wordAt(run, index), docs: docsAt(run, index) }
			found({ ...similar, edits: bucket >> 1, isBeginning: (bucket & 1) === 1 })
		}
	}
}

// A word as it was meant mostly begins with the same letter, and is whole. A letter too few or too many of two equal ones is the
// most frequent typo.
export function distancesFrom(word: string): (similar: SimilarWord) => number {
	const single = withoutDoubles(word)
	return (similar) =>
		similar.edits * 4 +
		(similar.word[0] === word[0] ? 0 : 2) +
		(similar.isBeginning ? 1 : 0) -
		(withoutDoubles(similar.word) === single ? 1 : 0)
}

export function byNearness(word: string) {
	const distanceOf = distancesFrom(word)
	// A sort compares each word many times.
	const known = new Map<SimilarWord, number>()
	const distance = (similar: SimilarWord) => {
		const distance = known.get(similar) ?? distanceOf(similar)
		known.set(similar, distance)
		return distance
	}
	return (one: SimilarWord, other: SimilarWord) => distance(one) - distance(other) || byFrequency(one, other)
}

function withoutDoubles(word: string): string {
	return word.replace(/(.)\1/gu, '$1')
}
