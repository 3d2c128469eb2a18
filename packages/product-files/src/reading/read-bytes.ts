import { constants, createReadStream, openSync, statSync } from 'node:fs'
import { Socket } from 'node:net'
import { addAbortSignal, type Readable } from 'node:stream'
import { ProductFileError } from '../product-file-error.ts'

const chunkBytes = 64 * 1024

export type ReadBytesOptions = {
	/** Called with the number of bytes read so far. */
	onRead?: (bytes: number) => void
	/** Ends the reading with an AbortError. */
	signal?: AbortSignal
}

/**
 * Reads the bytes of a file or of a pipe.
 *
 * @throws ProductFileError UNREADABLE
 */
export async function* readBytes(
	path: string,
	{ onRead = () => {}, signal }: ReadBytesOptions = {},
): AsyncGenerator<Buffer> {
	let position = 0
	try {
		const stream = openBytes(path)
		if (signal !== undefined) addAbortSignal(signal, stream)
		for await (const chunk of stream as AsyncIterable<Buffer>) {
			position += chunk.length
			onRead(position)
			yield chunk
		}
	} catch (error) {
		const { syscall, code } = error as NodeJS.ErrnoException
		if (syscall === undefined) throw error
		throw new ProductFileError('UNREADABLE', unreadable[code ?? ''] ?? `${code}`, { cause: error })
	}
}

// A thread that waits in a read of a pipe cannot be ended, and neither can its process. So a pipe is polled.
function openBytes(path: string): Readable {
	if (!statSync(path).isFIFO()) return createReadStream(path, { highWaterMark: chunkBytes })
	const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
	return new Socket({ fd, readable: true, writable: false })
}

const unreadable: { [code: string]: string | undefined } = {
	ENOENT: 'there is no such file',
	EACCES: 'reading this file is not permitted',
	EISDIR: 'this is a folder',
}
