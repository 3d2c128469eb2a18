/** A set of docs, or of other numbers, as a bit for each number from the first possible one to the last one. */
export type DocBits = {
	/** The number of the first bit. */
	from: number
	words: Int32Array
}

/** An empty set of numbers from `from` to `end - 1`. */
export function createBits(from: number, end: number): DocBits {
	return { from, words: new Int32Array((end - from + 31) >>> 5) }
}

export function addNumber({ from, words }: DocBits, number: number): void {
	const bit = number - from
	words[bit >>> 5] = (words[bit >>> 5] as number) | (1 << (bit & 31))
}

/** Whether bits are worth their memory: there is a doc for each word of them, on average. */
export function fitBits(lists: readonly Uint32Array[]): boolean {
	const { from, end } = rangeOf(lists)
	return lists.reduce((sum, { length }) => sum + length, 0) > (end - from) >>> 5
}

/** The docs of all lists, which are in order. To merge long lists takes several times as long. */
export function docBits(lists: readonly Uint32Array[]): DocBits {
	const { from, end } = rangeOf(lists)
	const bits = createBits(from, end)
	for (const list of lists) for (let at = 0; at < list.length; at++) addNumber(bits, list[at] as number)
	return bits
}

export function hasDoc({ from, words }: DocBits, doc: number): boolean {
	const bit = doc - from
	return bit >= 0 && bit >>> 5 < words.length && ((words[bit >>> 5] as number) & (1 << (bit & 31))) !== 0
}

/** The numbers of a set in order. */
export function numbersOf({ from, words }: DocBits): Uint32Array {
	let count = 0
	for (let at = 0; at < words.length; at++) for (let rest = words[at] as number; rest !== 0; rest &= rest - 1) count++
	const numbers = new Uint32Array(count)
	let index = 0
	for (let at = 0; at < words.length; at++) {
		for (let rest = words[at] as number; rest !== 0; rest &= rest - 1)
			numbers[index++] = from + at * 32 + 31 - Math.clz32(rest & -rest)
	}
	return numbers
}

function rangeOf(lists: readonly Uint32Array[]): { from: number; end: number } {
	let from = Number.POSITIVE_INFINITY
	let end = 0
	for (const list of lists) {
		if (list.length === 0) continue
		from = Math.min(from, list[0] as number)
		end = Math.max(end, (list[list.length - 1] as number) + 1)
	}
	return { from, end }
}
