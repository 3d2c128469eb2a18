import { readBytesOf } from './byte-reader.ts'
import { createByteWriter, writeBytes, writeNumber, writtenBytes } from './byte-writer.ts'
import { DamagedIndexError } from './damaged-index-error.ts'
import { type PostingsPart, readPart, writePart } from './postings-bytes.ts'

/** The version of the stored form of the rows of postings. A reader refuses others. */
export const rowFormat = 1

/** A row of the index: some of the docs that have a token. `bytes` begin with the format. */
export type PostingsRow = { firstDoc: number; docs: number; bytes: Uint8Array }

/** Writes parts that ascend and have no doc in common as one row. */
export function writeRow(parts: readonly PostingsPart[]): PostingsRow {
	const [first, last] = [parts[0] as PostingsPart, parts.at(-1) as PostingsPart]
	const joined = { docs: 0, places: 0, firstDoc: first.firstDoc, lastDoc: last.lastDoc, entries: new Uint8Array() }
	let size = 24
	for (const { docs, places, entries } of parts) {
		joined.docs += docs
		joined.places += places
		size += entries.length + 5
	}
	const writer = createByteWriter(size)
	writer.bytes[writer.length++] = rowFormat
	writePart(writer, joined, first.firstDoc)
	let lastDoc = first.firstDoc
	for (const part of parts) {
		// The first entry of a part has the distance 0.
		writeNumber(writer, (part.firstDoc - lastDoc) * 2 + (part.entries[0] as number))
		writeBytes(writer, part.entries.subarray(1))
		lastDoc = part.lastDoc
	}
	return { firstDoc: first.firstDoc, docs: joined.docs, bytes: writtenBytes(writer) }
}

/** @throws DamagedIndexError */
export function readRow(firstDoc: number, bytes: Uint8Array): PostingsPart {
	if (bytes[0] !== rowFormat) throw new DamagedIndexError(`its format is ${bytes[0]}, and not ${rowFormat}`)
	return readPart(readBytesOf(bytes, 1), firstDoc)
}
