import { readBytesOf, readNumber } from './byte-reader.ts'
import { compareTokens } from './compare-tokens.ts'
import { DamagedIndexError } from './damaged-index-error.ts'
import { segmentFormat } from './encode-segment.ts'
import { type PostingsPart, readPart } from './postings-bytes.ts'
import { bytesOfTableEntry, createTokenTable, type TokenKey, type TokenTable } from './token-table.ts'

/** The index of the products of one transaction, in the bytes in which it was stored. */
export type Segment = {
	/** The number of docs. */
	readonly docs: number
	/** The bytes that it takes in memory. */
	readonly size: number
	readonly tokenCount: number
	/** The nth token, in the order of {@link compareTokens}. */
	token(index: number): string
	/** The postings of the nth token. */
	part(index: number): PostingsPart
	partOf(key: TokenKey): PostingsPart | undefined
	/** The first `most` tokens that begin so, in order. */
	tokensFrom(beginning: string, most: number): string[]
	/** Calls `visit` with each token and the number of docs that have it. */
	eachToken(visit: (token: string, docs: number) => void): void
}

const bytesOfEdges = 16

/** @throws DamagedIndexError, also from the functions of the segment */
export function openSegment(bytes: Uint8Array): Segment {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
	const { docs, base, nameStarts, nameEnds, partStarts, partEnds } = readEdges(bytes)
	const tokenCount = nameStarts.length
	// A fold needs no table.
	let table: TokenTable | undefined

	const token = (index: number) => buffer.toString('utf8', nameStarts[index], nameEnds[index])
	const part = (index: number) => readPart(readBytesOf(bytes, partStarts[index], partEnds[index]), base)

	/** The number of the first token that is not before `text`. */
	function firstFrom(text: string): number {
		let [low, high] = [0, tokenCount]
		while (low < high) {
			const middle = (low + high) >> 1
			if (compareTokens(token(middle), text) < 0) low = middle + 1
			else high = middle
		}
		return low
	}

	return {
		docs,
		size: bytes.length + tokenCount * (bytesOfEdges + bytesOfTableEntry),
		tokenCount,
		token,
		part,
		partOf(key) {
			table ??= createTokenTable(buffer, nameStarts, nameEnds)
			const index = table.find(key)
			return index === undefined ? undefined : part(index)
		},
		tokensFrom(beginning, most) {
			const found: string[] = []
			for (let index = firstFrom(beginning); index < tokenCount && found.length < most; index++) {
				const candidate = token(index)
				if (!candidate.startsWith(beginning)) break
				found.push(candidate)
			}
			return found
		},
		eachToken(visit) {
			for (let index = 0; index < tokenCount; index++)
				visit(token(index), readNumber(readBytesOf(bytes, partStarts[index], partEnds[index])))
		},
	}
}

/** Where the names and the postings of the tokens begin and end. */
function readEdges(bytes: Uint8Array) {
	if (bytes[0] !== segmentFormat) throw new DamagedIndexError(`its format is ${bytes[0]}, and not ${segmentFormat}`)
	const reader = readBytesOf(bytes, 1)
	const docs = readNumber(reader)
	const base = readNumber(reader)
	const tokenCount = readNumber(reader)
	if (tokenCount > bytes.length) throw new DamagedIndexError('it has fewer tokens than it says')
	const edges = () => new Uint32Array(tokenCount)
	const [nameStarts, nameEnds, partStarts, partEnds] = [edges(), edges(), edges(), edges()]
	for (let index = 0; index < tokenCount; index++) {
		const nameLength = readNumber(reader)
		nameStarts[index] = reader.at
		reader.at += nameLength
		nameEnds[index] = reader.at
		const partLength = readNumber(reader)
		partStarts[index] = reader.at
		reader.at += partLength
		partEnds[index] = reader.at
	}
	if (reader.at !== bytes.length) throw new DamagedIndexError('it does not end where its tokens end')
	return { docs, base, nameStarts, nameEnds, partStarts, partEnds }
}
