import { createReadStream } from 'node:fs'

const byteOrderMark = Buffer.from('\uFEFF')

/**
 * Reads a file without its byte order mark.
 *
 * @param onRead called with the number of bytes read so far
 */
export async function* readBytes(path: string, onRead: (bytes: number) => void): AsyncGenerator<Buffer> {
	let position = 0
	for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
		const hasMark = position === 0 && chunk.subarray(0, byteOrderMark.length).equals(byteOrderMark)
		position += chunk.length
		yield hasMark ? chunk.subarray(byteOrderMark.length) : chunk
		onRead(position)
	}
}
