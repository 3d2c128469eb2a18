import { mergeRuns } from './merge-runs.ts'
import { docsAt, indexOf, runOf, type WordCount, type WordRun } from './word-run.ts'

const mostRecent = 1_000

/**
 * The words of a vocabulary: some runs, and a map of recent words, which becomes a run when it is large. Runs of about one size are
 * merged. A word may be in several of them; its frequency is the sum.
 */
export function createWordRuns() {
	let runs: WordRun[] = []
	let recent = new Map<string, number>()
	let recentRun: WordRun | undefined
	// The runs that are read for a merged one: changes of them would be lost.
	let merging: readonly WordRun[] = []
	// Counts that these runs have got meanwhile.
	const changedCounts = new Map<string, number>()

	async function mergeSmall(): Promise<void> {
		if (merging.length > 0) return
		for (let pair = pairToMerge(); pair !== undefined; pair = pairToMerge()) {
			merging = pair
			const merged = await mergeRuns(...pair)
			runs = [...runs.filter((run) => !merging.includes(run)), merged].sort((one, other) => other.size - one.size)
			merging = []
			for (const [word, docs] of changedCounts) {
				if (!setIn(merged, word, docs) && docs > 0) addRecent(word, docs)
			}
			changedCounts.clear()
		}
	}

	// The larger run is at most twice as large, or there are more than four.
	function pairToMerge(): [WordRun, WordRun] | undefined {
		const [smallest, larger] = runs.toReversed()
		if (smallest === undefined || larger === undefined) return undefined
		return larger.size <= 2 * smallest.size || runs.length > 4 ? [larger, smallest] : undefined
	}

	function addRun(words: readonly WordCount[]): void {
		runs = [...runs, runOf(words)].sort((one, other) => other.size - one.size)
		void mergeSmall()
	}

	function addRecent(word: string, docs: number): void {
		recent.set(word, (recent.get(word) ?? 0) + docs)
		recentRun = undefined
	}

	return {
		all: (): readonly WordRun[] => runs,
		recent: (): ReadonlyMap<string, number> => recent,
		/** The recent words as a run. */
		recentRun(): WordRun {
			recentRun ??= runOf(Array.from(recent, ([word, docs]) => ({ word, docs })))
			return recentRun
		},
		addRun,
		/** Changes the number of docs of a word that is known. */
		set(word: string, docs: number): void {
			if (recent.delete(word)) recentRun = undefined
			changedCounts.delete(word)
			let left = docs
			for (const run of runs) {
				if (!setIn(run, word, left)) continue
				if (merging.includes(run)) changedCounts.set(word, (changedCounts.get(word) ?? 0) + left)
				left = 0
			}
			if (left > 0) addRecent(word, left)
		},
		/** Adds docs to a word. Whether the word had any before, as far as the first place where it is tells. */
		count(word: string, docs: number): boolean {
			const known = recent.get(word)
			const run = known === undefined ? runs.find((one) => indexOf(one, word) >= 0) : undefined
			if (run !== undefined && !merging.includes(run)) {
				const index = indexOf(run, word)
				const before = run.docs[index] as number
				run.docs[index] = before + docs
				return before > 0
			}
			addRecent(word, docs)
			return known !== undefined || (run !== undefined && docsAt(run, indexOf(run, word)) > 0)
		},
		/** Makes a run of the recent words when they are many. */
		settle(): void {
			if (recent.size < mostRecent) return
			const words = Array.from(recent, ([word, docs]) => ({ word, docs }))
			recent = new Map()
			recentRun = undefined
			addRun(words)
		},
		bytes: (): number =>
			runs.reduce(
				(sum, run) =>
					sum +
					run.letters.byteLength +
					run.starts.byteLength +
					run.shared.byteLength +
					run.nextBranch.byteLength +
					run.docs.byteLength +
					run.lastWithEnding.byteLength +
					run.sameEnding.byteLength,
				recent.size * 100,
			),
	}
}

function setIn(run: WordRun, word: string, docs: number): boolean {
	const index = indexOf(run, word)
	if (index >= 0) run.docs[index] = docs
	return index >= 0
}
