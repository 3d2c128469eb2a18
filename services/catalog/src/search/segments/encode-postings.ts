import { type ByteWriter, createByteWriter, writeNumber, writtenBytes } from './byte-writer.ts'
import type { PostingsPart } from './postings-bytes.ts'

/** Encodes docs one by one, in ascending order. */
export type PostingsEncoder = {
	docs: number
	places: number
	firstDoc: number
	lastDoc: number
	entries: ByteWriter
}

export function createPostingsEncoder(): PostingsEncoder {
	return { docs: 0, places: 0, firstDoc: 0, lastDoc: 0, entries: createByteWriter() }
}

/** Adds a doc that has `places[from]` to `places[to - 1]`, which ascend. */
export function encodeDoc(
	encoder: PostingsEncoder,
	doc: number,
	places: { readonly [index: number]: number },
	from: number,
	to: number,
): void {
	const { entries } = encoder
	const count = to - from
	if (encoder.docs === 0) encoder.firstDoc = encoder.lastDoc = doc
	// Up to 2^32, so the sum is made without operators of bits.
	writeNumber(entries, (doc - encoder.lastDoc) * 2 + (count === 1 ? 1 : 0))
	if (count !== 1) writeNumber(entries, count)
	let last = 0
	for (let index = from; index < to; index++) {
		const place = places[index] as number
		writeNumber(entries, place - last)
		last = place
	}
	encoder.docs++
	encoder.places += count
	encoder.lastDoc = doc
}

/** What was added since the last call. It shares the bytes of the encoder, so it is valid until the next doc. */
export function takePart(encoder: PostingsEncoder): PostingsPart {
	const { docs, places, firstDoc, lastDoc, entries } = encoder
	const part = { docs, places, firstDoc, lastDoc, entries: writtenBytes(entries) }
	encoder.docs = 0
	encoder.places = 0
	entries.length = 0
	return part
}
