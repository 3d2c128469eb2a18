import { constants, createReadStream, openSync, statSync } from 'node:fs'
import { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { ProductFileError } from '@mercat/product-files/product-file-error'

const chunkBytes = 256 * 1024

/**
 * Opens a file or a pipe. A thread that waits in a read of a pipe cannot be ended, and neither can its process, so a pipe
 * is polled.
 *
 * @throws ProductFileError when there is nothing to read
 */
export function openFileBytes(path: string): Readable {
	try {
		if (!statSync(path).isFIFO()) return createReadStream(path, { highWaterMark: chunkBytes })
		const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
		return new Socket({ fd, readable: true, writable: false })
	} catch (error) {
		throw unreadable(error)
	}
}

/** Translates an error of the file system, and leaves any other error as it is. */
export function unreadable(error: unknown): unknown {
	const { syscall, code } = error as NodeJS.ErrnoException
	if (syscall === undefined) return error
	return new ProductFileError('UNREADABLE', reasons[code ?? ''] ?? `${code}`, { cause: error })
}

const reasons: { [code: string]: string | undefined } = {
	ENOENT: 'there is no such file',
	EACCES: 'reading this file is not permitted',
	EISDIR: 'this is a folder',
}
