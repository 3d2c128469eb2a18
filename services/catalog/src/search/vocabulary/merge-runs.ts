import { setImmediate as nextTurn } from 'node:timers/promises'
import { docsAt, runBuilder, startOf, type WordRun } from './word-run.ts'

const wordsInTurn = 5_000

/** One run of the words of two, as far as they have docs. Other work gets a turn of the event loop between some thousand words. */
export async function mergeRuns(one: WordRun, other: WordRun): Promise<WordRun> {
	const builder = runBuilder(one.size + other.size, one.letters.length + other.letters.length)
	let atOne = 0
	let atOther = 0
	for (let words = 1; atOne < one.size || atOther < other.size; words++) {
		const order = atOne === one.size ? 1 : atOther === other.size ? -1 : compareWords(one, atOne, other, atOther)
		const docs = (order <= 0 ? docsAt(one, atOne) : 0) + (order >= 0 ? docsAt(other, atOther) : 0)
		// Words that have lost all docs end here.
		if (docs > 0) order <= 0 ? builder.addWordOf(one, atOne, docs) : builder.addWordOf(other, atOther, docs)
		if (order <= 0) atOne++
		if (order >= 0) atOther++
		if (words % wordsInTurn === 0) await nextTurn()
	}
	return builder.finish()
}

function compareWords(one: WordRun, atOne: number, other: WordRun, atOther: number): number {
	const oneStart = startOf(one, atOne)
	const otherStart = startOf(other, atOther)
	const oneLength = startOf(one, atOne + 1) - oneStart
	const otherLength = startOf(other, atOther + 1) - otherStart
	for (let at = 0; at < Math.min(oneLength, otherLength); at++) {
		const difference = (one.letters[oneStart + at] as number) - (other.letters[otherStart + at] as number)
		if (difference !== 0) return difference
	}
	return oneLength - otherLength
}
