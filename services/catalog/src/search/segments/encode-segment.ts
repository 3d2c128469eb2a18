import { fieldOf } from '../analysis/product-tokens.ts'
import { createByteWriter, writeBytes, writeNumber, writeText, writtenBytes } from './byte-writer.ts'
import { compareTokens } from './compare-tokens.ts'
import { createPostingsEncoder, encodeDoc, takePart } from './encode-postings.ts'
import { mostPlaces, writePart } from './postings-bytes.ts'

/** The version of the stored form of segments. A reader refuses others. */
export const segmentFormat = 1

const tokensInStep = 500

/** The occurrences of tokens in docs: the nth is in `docs[docIndexes[n]]`. */
type Occurrences = { tokens: number[]; docIndexes: number[]; places: number[] }

export type SegmentDoc = { doc: number; tokens: readonly string[]; places: readonly number[] }

/** Gathers docs, each within a few microseconds a token. `encode` gives the segment of all of them. */
export type SegmentBuilder = {
	add(doc: SegmentDoc): void
	/** Ends with the bytes. Other work can have a turn after each step. */
	encode(): Generator<void, Uint8Array>
}

export function encodeSegment(docs: readonly SegmentDoc[]): Uint8Array {
	const builder = createSegmentBuilder()
	for (const doc of docs.toSorted((a, b) => a.doc - b.doc)) builder.add(doc)
	const steps = builder.encode()
	for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value
}

/** Docs are added in ascending order. */
export function createSegmentBuilder(): SegmentBuilder {
	const numbers: number[] = []
	const idOf = new Map<string, number>()
	const found: Occurrences = { tokens: [], docIndexes: [], places: [] }
	return {
		add({ doc, tokens, places }) {
			for (let index = 0; index < tokens.length; index++) {
				const token = tokens[index] as string
				const id = idOf.get(token) ?? idOf.size
				if (id === idOf.size) idOf.set(token, id)
				found.tokens.push(id)
				found.docIndexes.push(numbers.length)
				found.places.push(places[index] as number)
			}
			numbers.push(doc)
		},
		encode: () => encodeTokens(numbers, idOf, found),
	}
}

/**
 * The format, the number of docs, the first doc, the number of tokens; then for each token, in order, the length of its name in
 * bytes, the name, the length of its postings and the postings.
 */
function* encodeTokens(
	docs: readonly number[],
	idOf: ReadonlyMap<string, number>,
	found: Occurrences,
): Generator<void, Uint8Array> {
	const base = docs[0] ?? 0
	const { order, starts } = groupByToken(found, idOf.size)
	yield
	const writer = createByteWriter(found.places.length * 6 + 64)
	const encoder = createPostingsEncoder()
	const postings = createByteWriter()
	const scratch: number[] = []
	writer.bytes[writer.length++] = segmentFormat
	writeNumber(writer, docs.length)
	writeNumber(writer, base)
	writeNumber(writer, idOf.size)
	for (const [index, token] of sortTokens([...idOf.keys()]).entries()) {
		if (index % tokensInStep === 0) yield
		const id = idOf.get(token) as number
		for (let at = starts[id] as number, end = starts[id + 1] as number; at < end; ) {
			const docIndex = found.docIndexes[order[at] as number] as number
			scratch.length = 0
			while (at < end && found.docIndexes[order[at] as number] === docIndex)
				scratch.push(found.places[order[at++] as number] as number)
			const count = tidyPlaces(scratch)
			encodeDoc(encoder, docs[docIndex] as number, scratch, 0, count)
		}
		writeText(writer, token)
		postings.length = 0
		writePart(postings, takePart(encoder), base)
		writeNumber(writer, postings.length)
		writeBytes(writer, writtenBytes(postings))
	}
	return writtenBytes(writer)
}

const surrogate = /[\ud800-\udfff]/

/** Without surrogates the order of code units is that of bytes, and sorting by it is several times as fast. */
function sortTokens(tokens: string[]): string[] {
	return tokens.some((token) => surrogate.test(token)) ? tokens.sort(compareTokens) : tokens.sort()
}

/** The occurrences of token n are `order[starts[n]]` to `order[starts[n + 1] - 1]`, as they were found. */
function groupByToken({ tokens }: Occurrences, count: number): { order: Uint32Array; starts: Uint32Array } {
	const starts = new Uint32Array(count + 1)
	for (const token of tokens) (starts[token + 1] as number)++
	for (let token = 0; token < count; token++) (starts[token + 1] as number) += starts[token] as number
	const next = starts.slice()
	const order = new Uint32Array(tokens.length)
	for (const [index, token] of tokens.entries()) order[(next[token] as number)++] = index
	return { order, starts }
}

/** Orders places, and leaves out doubles and all but {@link mostPlaces}, of which the title is the last to lose any. */
function tidyPlaces(places: number[]): number {
	if (places.length === 1) return 1
	places.sort((a, b) => a - b)
	let count = 0
	for (const place of places) if (count === 0 || place !== places[count - 1]) places[count++] = place
	if (count <= mostPlaces) return count
	places.length = count
	places.sort((a, b) => fieldOf(a) - fieldOf(b) || a - b)
	places.length = mostPlaces
	places.sort((a, b) => a - b)
	return mostPlaces
}
