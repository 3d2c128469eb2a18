import type { FileRow } from './file-row.ts'
import { parseJsonRow } from './parse-json-row.ts'
import { ProductFileError } from './product-file-error.ts'
import { createRowBytes } from './row-bytes.ts'

/**
 * Reads the elements of one JSON array. An element that is not JSON is reported as a bad row. The next element starts
 * after the next comma of the array.
 *
 * @throws ProductFileError when the file is not a JSON array, or ends before the end of the array
 */
export async function* readJsonArray(bytes: AsyncIterable<Buffer>): AsyncGenerator<FileRow> {
	let rowNumber = 0
	for await (const element of splitElements(bytes)) {
		rowNumber++
		yield { rowNumber, ...(parseJsonRow(element) ?? { problem: 'an element is missing beside a comma' }) }
	}
}

const codeOf = (character: string) => character.charCodeAt(0)
const [quote, backslash, comma, arrayStart] = [codeOf('"'), codeOf('\\'), codeOf(','), codeOf('[')]
const opening = new Set(['[', '{'].map(codeOf))
const closing = new Set([']', '}'].map(codeOf))
const space = new Set([' ', '\t', '\n', '\r'].map(codeOf))

// Tracks only strings and nesting. In UTF-8, no byte of another character equals a byte of this syntax.
async function* splitElements(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	const element = createRowBytes()
	let elements = 0
	let depth = 0
	let inString = false
	let escaped = false
	let complete = false
	for await (const chunk of bytes) {
		let start = 0
		for (let at = 0; at < chunk.length; at++) {
			const byte = chunk[at] as number
			if (inString) {
				if (escaped) escaped = false
				else if (byte === backslash) escaped = true
				else if (byte === quote) inString = false
			} else if (depth === 0) {
				if (space.has(byte)) continue
				if (complete) throw new ProductFileError('UNREADABLE', 'something follows the JSON array')
				if (byte !== arrayStart) throw new ProductFileError('UNREADABLE', 'the file is not a JSON array')
				depth = 1
				start = at + 1
			} else if (byte === quote) {
				inString = true
			} else if (opening.has(byte)) {
				depth++
			} else if (closing.has(byte) && depth > 1) {
				depth--
			} else if (closing.has(byte) || (byte === comma && depth === 1)) {
				element.add(chunk.subarray(start, at))
				const whole = element.take()
				start = at + 1
				complete = byte !== comma
				if (complete) depth = 0
				if (complete && elements === 0 && whole.every((each) => space.has(each))) continue
				elements++
				yield whole
			}
		}
		if (depth > 0) element.add(chunk.subarray(start))
	}
	if (!complete) throw new ProductFileError('UNREADABLE', 'the JSON array is not complete')
}
