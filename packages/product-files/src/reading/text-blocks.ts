import { TextDecoder } from 'node:util'
import { ProductFileError } from '../product-file-error.ts'
import { markDamage } from './mark-damage.ts'

/** The characters of a block. It is large enough to make the cost of a block small. */
const blockLength = 64 * 1024

/**
 * Decodes bytes to blocks of text of the same length; the last one is shorter. So what follows does not depend on how the
 * bytes arrive. Bytes that are not of the encoding become a `damage`.
 */
export async function* textBlocks(
	bytes: AsyncIterable<Uint8Array>,
	decoder: TextDecoder,
	length: number = blockLength,
): AsyncGenerator<string> {
	const marking = markDamage(decoder)
	let text = ''
	for await (const chunk of bytes) {
		text += marking.decode(chunk)
		if (text.length < length) continue
		let start = 0
		for (; start + length <= text.length; start += length) yield text.slice(start, start + length)
		text = text.slice(start)
	}
	text += marking.end()
	for (let start = 0; start < text.length; start += length) yield text.slice(start, start + length)
}

/** @throws ProductFileError UNKNOWN_ENCODING */
export function createDecoder(encoding: string): TextDecoder {
	try {
		return new TextDecoder(encoding)
	} catch (error) {
		const message = `--encoding must be the name of an encoding, such as utf-8, utf-16le or windows-1252, not ${JSON.stringify(encoding)}`
		throw new ProductFileError('UNKNOWN_ENCODING', message, { cause: error })
	}
}
