import { createPostings, type Postings } from '../segments/postings.ts'
import { docBits, fitBits, numbersOf } from './doc-bits.ts'

export const noPostings = createPostings(new Uint32Array(), new Uint32Array(1), new Uint16Array())

/** The docs that are in any of the lists, each once and in order. */
export function unionOfDocs(lists: readonly Uint32Array[]): Uint32Array {
	let layer = lists.filter(({ length }) => length > 0).sort((one, other) => (one[0] as number) - (other[0] as number))
	if (layer.length === 0) return new Uint32Array()
	if (areApart(layer)) return joined(layer)
	if (fitBits(layer)) return numbersOf(docBits(layer))
	while (layer.length > 1) {
		const next: Uint32Array[] = []
		for (let at = 0; at < layer.length; at += 2) {
			const one = layer[at] as Uint32Array
			const other = layer[at + 1]
			next.push(other === undefined ? one : unionOfTwo(one, other))
		}
		layer = next
	}
	return layer[0] as Uint32Array
}

/** Whether each list ends before the next one begins, as the rows of one token do. */
function areApart(lists: readonly Uint32Array[]): boolean {
	return lists.every((list, index) => index === 0 || (lists[index - 1]?.at(-1) as number) < (list[0] as number))
}

function joined(lists: readonly Uint32Array[]): Uint32Array {
	const [first, ...others] = lists
	if (others.length === 0) return first as Uint32Array
	const docs = new Uint32Array(lists.reduce((sum, { length }) => sum + length, 0))
	let end = 0
	for (const list of lists) {
		docs.set(list, end)
		end += list.length
	}
	return docs
}

function unionOfTwo(one: Uint32Array, other: Uint32Array): Uint32Array {
	const union = new Uint32Array(one.length + other.length)
	let size = 0
	let atOne = 0
	let atOther = 0
	while (atOne < one.length && atOther < other.length) {
		const a = one[atOne] as number
		const b = other[atOther] as number
		union[size++] = Math.min(a, b)
		if (a <= b) atOne++
		if (b <= a) atOther++
	}
	for (; atOne < one.length; atOne++) union[size++] = one[atOne] as number
	for (; atOther < other.length; atOther++) union[size++] = other[atOther] as number
	return union.subarray(0, size)
}

/** The first index at or after `from` whose doc is not before `doc`. Quick when it is near. */
export function seek(docs: Uint32Array, doc: number, from: number): number {
	let step = 1
	let low = from
	let high = from
	while (high < docs.length && (docs[high] as number) < doc) {
		low = high + 1
		high += step
		step *= 2
	}
	if (high > docs.length) high = docs.length
	while (low < high) {
		const middle = (low + high) >>> 1
		if ((docs[middle] as number) < doc) low = middle + 1
		else high = middle
	}
	return low
}

/** Where the docs of a list stand next to each other in another one; -1 when they do not. */
export function startOfRun(run: Uint32Array, docs: Uint32Array): number {
	if (run === docs) return 0
	const start = seek(docs, run[0] ?? 0, 0)
	if (docs[start + run.length - 1] !== run[run.length - 1]) return -1
	for (let at = 0; at < run.length; at++) if (docs[start + at] !== run[at]) return -1
	return start
}

/** One list of several that have no doc in common. */
export function joinPostings(parts: readonly Postings[]): Postings {
	const [first, ...others] = parts
	if (first === undefined) return noPostings
	if (others.length === 0) return first
	const docs = unionOfDocs(parts.map((part) => part.docs))
	const starts = new Uint32Array(docs.length + 1)
	for (const part of parts) {
		let at = 0
		for (let index = 0; index < part.docs.length; index++) {
			at = seek(docs, part.docs[index] as number, at)
			starts[at + 1] = (part.starts[index + 1] as number) - (part.starts[index] as number)
		}
	}
	for (let index = 0; index < docs.length; index++) {
		starts[index + 1] = (starts[index + 1] as number) + (starts[index] as number)
	}
	const places = new Uint16Array(starts[docs.length] as number)
	for (const part of parts) {
		let at = 0
		for (let index = 0; index < part.docs.length; index++) {
			at = seek(docs, part.docs[index] as number, at)
			places.set(part.places.subarray(part.starts[index], part.starts[index + 1]), starts[at])
		}
	}
	return createPostings(docs, starts, places)
}
