/** Words in the order of their code units, in few arrays instead of many strings. It never changes, but for `docs`. */
export type WordRun = {
	readonly size: number
	/** The letters of word n are those from `starts[n]` to `starts[n + 1]`. */
	readonly letters: Uint16Array
	readonly starts: Uint32Array
	/** How many letters a word has in common with the word before it. */
	readonly shared: Uint8Array
	/** For each word: the next one that shares fewer letters with the word before it; the size of the run after the last one. */
	readonly nextBranch: Uint32Array
	/** In how many docs each word is. */
	readonly docs: Uint32Array
	/** For each hash of the last letters of a word: one word, from which `sameEnding` leads to the next one. */
	readonly lastWithEnding: Int32Array
	readonly sameEnding: Int32Array
}

/** A word, and in how many docs it is. */
export type WordCount = { word: string; docs: number }

/** Longer words are in no run. */
export const longestRunWord = 64

const endingLength = 3

/** Adds words in their order, and gives a run of them. */
export function runBuilder(mostWords: number, mostLetters: number) {
	const letters = new Uint16Array(mostLetters)
	const starts = new Uint32Array(mostWords + 1)
	const shared = new Uint8Array(mostWords)
	const docs = new Uint32Array(mostWords)
	let size = 0
	let end = 0

	function close(count: number): void {
		const start = starts[size] as number
		const before = size === 0 ? start : (starts[size - 1] as number)
		let common = 0
		while (before + common < start && start + common < end && letters[before + common] === letters[start + common]) {
			common++
		}
		shared[size] = common
		docs[size] = count
		size++
		starts[size] = end
	}

	return {
		addWord(word: string, count: number): void {
			for (let at = 0; at < word.length; at++) letters[end++] = word.charCodeAt(at)
			close(count)
		},
		addWordOf(run: WordRun, index: number, count: number): void {
			for (let at = startOf(run, index); at < startOf(run, index + 1); at++) letters[end++] = run.letters[at] as number
			close(count)
		},
		finish(): WordRun {
			const run = {
				size,
				letters: letters.slice(0, end),
				starts: starts.slice(0, size + 1),
				shared: shared.slice(0, size),
				docs: docs.slice(0, size),
			}
			return { ...run, nextBranch: branchesOf(run.shared), ...endingsOf(run) }
		},
	}
}

export function runOf(words: readonly WordCount[]): WordRun {
	const sorted = words.toSorted((one, other) => (one.word < other.word ? -1 : 1))
	const builder = runBuilder(
		sorted.length,
		sorted.reduce((sum, { word }) => sum + word.length, 0),
	)
	for (const { word, docs } of sorted) builder.addWord(word, docs)
	return builder.finish()
}

export function startOf(run: WordRun, index: number): number {
	return run.starts[index] as number
}

export function wordAt(run: WordRun, index: number): string {
	return String.fromCharCode(...run.letters.subarray(startOf(run, index), startOf(run, index + 1)))
}

/** In how many docs a word is; 0 at the index -1. */
export function docsAt(run: WordRun, index: number): number {
	return index < 0 ? 0 : (run.docs[index] as number)
}

export function byFrequency(one: WordCount, other: WordCount): number {
	return other.docs - one.docs || (one.word < other.word ? -1 : 1)
}

/** The index of the first word that is not before `word`. */
export function lowerBound(run: WordRun, word: string): number {
	let low = 0
	let high = run.size
	while (low < high) {
		const middle = (low + high) >>> 1
		if (comparedWith(run, middle, word) < 0) low = middle + 1
		else high = middle
	}
	return low
}

/** The index of a word, or -1. */
export function indexOf(run: WordRun, word: string): number {
	const index = lowerBound(run, word)
	return index < run.size && comparedWith(run, index, word) === 0 ? index : -1
}

function comparedWith(run: WordRun, index: number, word: string): number {
	const start = startOf(run, index)
	const length = startOf(run, index + 1) - start
	const common = Math.min(length, word.length)
	for (let at = 0; at < common; at++) {
		const difference = (run.letters[start + at] as number) - word.charCodeAt(at)
		if (difference !== 0) return difference
	}
	return length - word.length
}

/** Calls `visit` with each longer word that ends with `ending`, which has at least {@link endingLength} letters. */
export function visitEndings(run: WordRun, ending: string, visit: (index: number) => void): void {
	const hash = hashOf((at) => ending.charCodeAt(ending.length - endingLength + at))
	for (let index = run.lastWithEnding[hash] as number; index >= 0; index = run.sameEnding[index] as number) {
		const end = startOf(run, index + 1)
		if (end - startOf(run, index) <= ending.length) continue
		let isSame = true
		for (let back = 1; isSame && back <= ending.length; back++) {
			isSame = run.letters[end - back] === ending.charCodeAt(ending.length - back)
		}
		if (isSame) visit(index)
	}
}

/** The index of the first word from `index` on that shares fewer than `letters` letters with the word before it. */
export function branchFrom({ shared, nextBranch, size }: WordRun, index: number, letters: number): number {
	let at = index
	while (at < size && (shared[at] as number) >= letters) at = nextBranch[at] as number
	return at
}

function branchesOf(shared: Uint8Array): Uint32Array {
	const nextBranch = new Uint32Array(shared.length)
	for (let index = shared.length - 1; index >= 0; index--) {
		let next = index + 1
		while (next < shared.length && (shared[next] as number) >= (shared[index] as number))
			next = nextBranch[next] as number
		nextBranch[index] = next
	}
	return nextBranch
}

const hashes = 1 << 14

function endingsOf({ size, letters, starts }: Pick<WordRun, 'size' | 'letters' | 'starts'>) {
	const lastWithEnding = new Int32Array(hashes).fill(-1)
	const sameEnding = new Int32Array(size)
	for (let index = 0; index < size; index++) {
		const end = starts[index + 1] as number
		if (end - (starts[index] as number) <= endingLength) continue
		const hash = hashOf((at) => letters[end - endingLength + at] as number)
		sameEnding[index] = lastWithEnding[hash] as number
		lastWithEnding[hash] = index
	}
	return { lastWithEnding, sameEnding }
}

function hashOf(letter: (at: number) => number): number {
	let hash = 0
	for (let at = 0; at < endingLength; at++) hash = Math.imul(hash, 31) + letter(at)
	return (hash ^ (hash >>> 14)) & (hashes - 1)
}
