import { openRecords, type RecordFile, type RecordOptions } from '../../src/reading/open-records.ts'
import type { FileRecord } from '../../src/records/file-record.ts'

type Content = {
	file?: Omit<RecordFile, 'records' | 'close'>
	records: FileRecord[]
	error?: { code: string; message: string }
}

/** Everything that the reader gives for a content, whose bytes come in these chunks. */
export async function readContent(content: string | Uint8Array[], options: RecordOptions = {}): Promise<Content> {
	const read: Content = { records: [] }
	try {
		const chunks = typeof content === 'string' ? [Buffer.from(content)] : content
		const { records, close: _, ...file } = await openRecords(inTurn(chunks), options)
		read.file = file
		for await (const record of records) read.records.push(record)
	} catch (error) {
		const { code, message } = error as { code: string; message: string }
		if (code === undefined) throw error
		read.error = { code, message }
	}
	return read
}

async function* inTurn(chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
	yield* chunks
}

/** A record as its line and the texts of its values, or its line and the rule that refuses it. */
export function outcomes(records: FileRecord[]): unknown[][] {
	return records.map((record) =>
		'values' in record ? [record.line, ...record.values.values()] : [record.line, { rule: record.rule }],
	)
}
