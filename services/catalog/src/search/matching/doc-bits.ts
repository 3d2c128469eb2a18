/** A set of docs, as a bit for each doc from the first one to the last one. */
export type DocBits = {
	/** The doc of the first bit. */
	from: number
	words: Int32Array
}

/** Whether bits are worth their memory: there is a doc for each word of them, on average. */
export function fitBits(lists: readonly Uint32Array[]): boolean {
	const { from, end } = rangeOf(lists)
	return lists.reduce((sum, { length }) => sum + length, 0) > (end - from) >>> 5
}

/** The docs of all lists, which are not empty. To merge long lists takes several times as long. */
export function docBits(lists: readonly Uint32Array[]): DocBits {
	const { from, end } = rangeOf(lists)
	const words = new Int32Array((end - from + 31) >>> 5)
	for (const list of lists) {
		for (let at = 0; at < list.length; at++) {
			const bit = (list[at] as number) - from
			words[bit >>> 5] = (words[bit >>> 5] as number) | (1 << (bit & 31))
		}
	}
	return { from, words }
}

export function hasDoc({ from, words }: DocBits, doc: number): boolean {
	const bit = doc - from
	return bit >= 0 && bit >>> 5 < words.length && ((words[bit >>> 5] as number) & (1 << (bit & 31))) !== 0
}

/** The docs of a set in order. */
export function docsOfBits({ from, words }: DocBits): Uint32Array {
	let count = 0
	for (let at = 0; at < words.length; at++) for (let rest = words[at] as number; rest !== 0; rest &= rest - 1) count++
	const docs = new Uint32Array(count)
	let index = 0
	for (let at = 0; at < words.length; at++) {
		for (let rest = words[at] as number; rest !== 0; rest &= rest - 1)
			docs[index++] = from + at * 32 + 31 - Math.clz32(rest & -rest)
	}
	return docs
}

function rangeOf(lists: readonly Uint32Array[]): { from: number; end: number } {
	let from = Number.POSITIVE_INFINITY
	let end = 0
	for (const list of lists) {
		from = Math.min(from, list[0] as number)
		end = Math.max(end, (list[list.length - 1] as number) + 1)
	}
	return { from, end }
}
