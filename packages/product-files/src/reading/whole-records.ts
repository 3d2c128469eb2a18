import { ProductFileError } from '../product-file-error.ts'
import type { FileRecord } from '../records/file-record.ts'
import type { FileKind } from './detect-kind.ts'

/**
 * Passes records on, and finds by the last of them that the file was cut off. JSON and XML have an end of their own. In
 * the other kinds, the last record of a file that was cut off is a broken one, and so is the error text of a program that
 * failed while it wrote the file.
 *
 * @throws ProductFileError NOT_COMPLETE behind the last record
 */
export async function* wholeRecords(records: AsyncIterable<FileRecord>, kind: FileKind): AsyncGenerator<FileRecord> {
	let last: FileRecord | undefined
	let cutOff: FileRecord | undefined
	for await (const record of records) {
		last = record
		if ('isCutOff' in record) cutOff ??= record
		yield record
	}
	const broken = cutOff ?? last
	if (broken === undefined || !('problem' in broken) || kind === 'json' || kind === 'xml') return
	const place = cutOff === undefined ? 'its last record' : 'a record to its end'
	throw new ProductFileError(
		'NOT_COMPLETE',
		`the file is not whole, because ${place} is broken: line ${broken.line}: ${broken.problem}`,
	)
}
