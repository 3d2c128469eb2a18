import type { FileRecord } from './file-record.ts'

/**
 * Makes records of the text of a file, which comes in blocks. The records do not depend on where one block ends and the
 * next one begins.
 */
export type RecordSplitter = {
	/** The columns of the header. It is undefined until the header was read, and for a kind of file that has none. */
	readonly header?: string[] | undefined
	/**
	 * Takes the next block, and adds the records that it completes.
	 *
	 * @throws ProductFileError where the file cannot be read on; the records before are added
	 */
	add(text: string, records: FileRecord[]): void
	/**
	 * Takes the end of the file, and adds the last records.
	 *
	 * @throws ProductFileError NOT_COMPLETE when the file must go on
	 */
	end(records: FileRecord[]): void
}
