import { extname } from 'node:path'
import type { FileRow } from './file-row.ts'
import { ProductFileError } from './product-file-error.ts'
import { readBytes } from './read-bytes.ts'
import { readCsv } from './read-csv.ts'
import { readJsonArray } from './read-json-array.ts'
import { readNdjson } from './read-ndjson.ts'

type Reader = (bytes: AsyncIterable<Buffer>) => AsyncGenerator<FileRow>

const readers = new Map<string, Reader>([
	['.ndjson', readNdjson],
	['.jsonl', readNdjson],
	['.json', readJsonArray],
	['.csv', readCsv],
])

/** The unit that the row numbers of a file count. */
export function rowName(path: string): 'line' | 'element' {
	return extensionOf(path) === '.json' ? 'element' : 'line'
}

/**
 * Reads the rows of a product file. The extension of its name gives the format.
 *
 * @throws ProductFileError when the file or the rest of it cannot be read
 */
export async function* readRows(path: string, onRead: (bytes: number) => void = () => {}): AsyncGenerator<FileRow> {
	const read = readers.get(extensionOf(path))
	if (read === undefined)
		throw new ProductFileError('UNREADABLE', `${path}: the name must end with ${[...readers.keys()].join(', ')}`)
	try {
		yield* read(readBytes(path, onRead))
	} catch (error) {
		if (error instanceof ProductFileError) throw new ProductFileError(error.code, `${path}: ${error.message}`)
		const { syscall, code } = error as NodeJS.ErrnoException
		if (syscall !== undefined)
			throw new ProductFileError('UNREADABLE', `${path}: ${unreadable[code ?? ''] ?? code}`, { cause: error })
		throw error
	}
}

function extensionOf(path: string): string {
	return extname(path).toLowerCase()
}

const unreadable: { [code: string]: string | undefined } = {
	ENOENT: 'there is no such file',
	EACCES: 'reading this file is not permitted',
	EISDIR: 'this is a folder',
}
