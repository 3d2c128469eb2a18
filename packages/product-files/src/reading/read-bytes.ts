import { createReadStream } from 'node:fs'
import { ProductFileError } from '../product-file-error.ts'

/**
 * Reads the bytes of a file.
 *
 * @param onRead called with the number of bytes read so far
 * @throws ProductFileError UNREADABLE
 */
export async function* readBytes(path: string, onRead: (bytes: number) => void = () => {}): AsyncGenerator<Buffer> {
	let position = 0
	try {
		for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
			position += chunk.length
			yield chunk
			onRead(position)
		}
	} catch (error) {
		const { syscall, code } = error as NodeJS.ErrnoException
		if (syscall === undefined) throw error
		throw new ProductFileError('UNREADABLE', unreadable[code ?? ''] ?? `${code}`, { cause: error })
	}
}

const unreadable: { [code: string]: string | undefined } = {
	ENOENT: 'there is no such file',
	EACCES: 'reading this file is not permitted',
	EISDIR: 'this is a folder',
}
