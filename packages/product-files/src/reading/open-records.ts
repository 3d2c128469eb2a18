import type { FileRecord } from '../records/file-record.ts'
import type { RecordSplitter } from '../records/record-splitter.ts'
import { delimitedRecords } from './delimited/delimited-records.ts'
import { detectDialect } from './delimited/detect-dialect.ts'
import { detectEncoding } from './detect-encoding.ts'
import { detectKind, type FileKind } from './detect-kind.ts'
import { jsonArrayRecords } from './json/json-array-records.ts'
import { ndjsonRecords } from './json/ndjson-records.ts'
import { peekBytes } from './peek-bytes.ts'
import { refuseOtherKinds } from './refuse-other-kinds.ts'
import { createDecoder, textBlocks } from './text-blocks.ts'
import { findXmlRecords } from './xml/find-xml-records.ts'
import { xmlRecords } from './xml/xml-records.ts'

export type RecordOptions = {
	/** A label of the WHATWG encoding standard. A byte order mark in the file goes before it. */
	encoding?: string | undefined
}

export type RecordFile = {
	kind: FileKind
	/** As the WHATWG encoding standard names it. */
	encoding: string
	delimiter?: string
	/** The unit that `line` of a record counts. */
	lineName: 'line' | 'element'
	/** The names in the header, or those in the first record that has values. */
	columns: string[]
	records: AsyncIterable<FileRecord>
	/** Closes the source of the bytes. The end of the records closes it, too. */
	close(): Promise<void>
}

/**
 * Reads the beginning of a file of any kind, and gives its records as the bytes come.
 *
 * @throws ProductFileError when the file is no list of records; the records throw it when they cannot be read to their end
 */
export async function openRecords(source: AsyncIterable<Uint8Array>, options: RecordOptions = {}): Promise<RecordFile> {
	const iterator = source[Symbol.asyncIterator]()
	const close = async () => void (await iterator.return?.())
	try {
		const { head, bytes } = await peekBytes(iterator, 256)
		refuseOtherKinds(head)
		const decoder = createDecoder(detectEncoding(head, options.encoding))
		const blocks = textBlocks(bytes, decoder)
		const { value: first = '' } = await blocks.next()
		const { splitter, ...file } = chooseSplitter(first, decoder.encoding)
		const batches = splitBlocks(splitter, first, blocks)
		const early = await firstRecords(splitter, batches)
		const columns = splitter.header ?? columnsOf(early) ?? []
		return { ...file, encoding: decoder.encoding, columns, records: eachRecord(early, batches, close), close }
	} catch (error) {
		await close()
		throw error
	}
}

type Choice = Pick<RecordFile, 'kind' | 'delimiter' | 'lineName'> & { splitter: RecordSplitter }

function chooseSplitter(head: string, encoding: string): Choice {
	const kind = detectKind(head)
	const dialect = detectDialect(head)
	switch (kind) {
		case 'delimited': {
			const { delimiter } = dialect
			return { kind, delimiter, lineName: 'line', splitter: delimitedRecords(dialect, encoding) }
		}
		case 'ndjson':
			return { kind, lineName: 'line', splitter: ndjsonRecords(dialect.lineBreak) }
		case 'json':
			return { kind, lineName: 'element', splitter: jsonArrayRecords() }
		case 'xml':
			return { kind, lineName: 'element', splitter: xmlRecords(findXmlRecords(head)) }
	}
}

async function* splitBlocks(
	splitter: RecordSplitter,
	first: string,
	blocks: AsyncIterable<string>,
): AsyncGenerator<FileRecord[]> {
	yield* givenBy((records) => splitter.add(first, records))
	for await (const block of blocks) yield* givenBy((records) => splitter.add(block, records))
	yield* givenBy((records) => splitter.end(records))
}

/** The records that an action adds, before the error that it ends with. */
function* givenBy(addTo: (records: FileRecord[]) => void): Generator<FileRecord[]> {
	const records: FileRecord[] = []
	try {
		addTo(records)
	} finally {
		yield records
	}
}

// A file in which so many records are bad has no name for its columns.
const mostEarlyRecords = 100

/** Reads until the names of the columns are known. */
async function firstRecords(splitter: RecordSplitter, batches: AsyncGenerator<FileRecord[]>): Promise<FileRecord[]> {
	let early: FileRecord[] = []
	while (splitter.header === undefined && columnsOf(early) === undefined && early.length < mostEarlyRecords) {
		const next = await batches.next()
		if (next.done) break
		early = early.concat(next.value)
	}
	return early
}

function columnsOf(records: FileRecord[]): string[] | undefined {
	const first = records.find((record) => 'values' in record)
	return first === undefined ? undefined : [...first.values.keys()]
}

async function* eachRecord(
	early: FileRecord[],
	batches: AsyncIterable<FileRecord[]>,
	close: () => Promise<void>,
): AsyncGenerator<FileRecord> {
	try {
		for (const record of early) yield record
		for await (const batch of batches) for (const record of batch) yield record
	} finally {
		await close()
	}
}
