import { type ByteReader, readBytesOf, readNumber } from './byte-reader.ts'
import { type ByteWriter, writeBytes, writeNumber } from './byte-writer.ts'
import { DamagedIndexError } from './damaged-index-error.ts'

/**
 * The postings of one token in their stored form: a head, then an entry for each doc.
 *
 * The head has the number of docs, and the distance of the first doc from a base; if there are more docs, also the number of places and
 * the distance of the last doc from the first. An entry has the distance from the doc before it times two, plus 1 if the doc has one
 * place; the number of places, unless it is 1; and each place as its distance from the place before it. The first entry has the
 * distance 0, so its first byte is 0 or 1, and parts can be joined without reading their entries.
 */
export type PostingsPart = {
	docs: number
	places: number
	firstDoc: number
	lastDoc: number
	entries: Uint8Array
}

/** A doc keeps at most so many places of a token. */
export const mostPlaces = 16
const lastDocNumber = 2 ** 31 - 1

export function writePart(
	writer: ByteWriter,
	{ docs, places, firstDoc, lastDoc, entries }: PostingsPart,
	base: number,
) {
	writeNumber(writer, docs)
	writeNumber(writer, firstDoc - base)
	if (docs > 1) {
		writeNumber(writer, places)
		writeNumber(writer, lastDoc - firstDoc)
	}
	writeBytes(writer, entries)
}

/**
 * Reads the head of postings that end where the reader ends. The entries stay in `reader.bytes`.
 *
 * @throws DamagedIndexError
 */
export function readPart(reader: ByteReader, base: number): PostingsPart {
	const docs = readNumber(reader)
	const firstDoc = base + readNumber(reader)
	let places = 0
	let lastDoc = firstDoc
	if (docs > 1) {
		places = readNumber(reader)
		lastDoc += readNumber(reader)
	} else {
		places = placesOfFirst(readBytesOf(reader.bytes, reader.at, reader.end))
	}
	const entries = reader.bytes.subarray(reader.at, reader.end)
	// An entry takes two bytes at least, so damaged bytes cannot ask for much memory.
	const isPossible = docs >= 1 && docs * 2 <= entries.length && places >= docs && places <= entries.length
	if (!isPossible || lastDoc - firstDoc < docs - 1 || lastDoc > lastDocNumber)
		throw new DamagedIndexError('the numbers of docs and places do not fit')
	return { docs, places, firstDoc, lastDoc, entries }
}

function placesOfFirst(entry: ByteReader): number {
	return readNumber(entry) === 1 ? 1 : readNumber(entry)
}
