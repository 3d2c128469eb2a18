import { DamagedIndexError } from './damaged-index-error.ts'

/** Reads `bytes` from `at` to `end`. */
export type ByteReader = { readonly bytes: Uint8Array; at: number; readonly end: number }

export function readBytesOf(bytes: Uint8Array, start = 0, end = bytes.length): ByteReader {
	return { bytes, at: start, end }
}

const longestShift = 28

/**
 * Reads what `writeNumber` wrote.
 *
 * @throws DamagedIndexError when the bytes end within the number, or the number is too large
 */
export function readNumber(reader: ByteReader): number {
	const { bytes, end } = reader
	let value = 0
	for (let shift = 0; shift <= longestShift; shift += 7) {
		if (reader.at >= end) throw new DamagedIndexError('it ends too early')
		const byte = bytes[reader.at++] as number
		value |= (byte & 127) << shift
		if (byte < 128) return value >>> 0
	}
	throw new DamagedIndexError('a number is too large')
}
