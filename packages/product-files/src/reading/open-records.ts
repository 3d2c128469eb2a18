import type { FileRecord } from '../records/file-record.ts'
import type { RecordSplitter } from '../records/record-splitter.ts'
import { valueAt } from '../records/value-at.ts'
import { delimitedRecords } from './delimited/delimited-records.ts'
import { detectDialect } from './delimited/detect-dialect.ts'
import { detectEncoding } from './detect-encoding.ts'
import { detectKind, type FileKind } from './detect-kind.ts'
import { jsonArrayRecords } from './json/json-array-records.ts'
import { ndjsonRecords } from './json/ndjson-records.ts'
import { peekBytes } from './peek-bytes.ts'
import { refuseOtherKinds } from './refuse-other-kinds.ts'
import { createDecoder, textBlocks } from './text-blocks.ts'
import { createXmlFinder, type XmlPlace } from './xml/find-xml-records.ts'
import { xmlRecords } from './xml/xml-records.ts'

export type RecordOptions = {
	/** A label of the WHATWG encoding standard. A byte order mark in the file goes before it. */
	encoding?: string | undefined
	/** The columns that the user has named. They help to find the records of XML. */
	wanted?: string[]
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
	/** The wanted columns that the header does not have, or that no record has at the beginning of a file without a header. */
	missing: string[]
	records: AsyncIterable<FileRecord>
	/** Closes the source of the bytes. The end of the records closes it, too. */
	close(): Promise<void>
}

/**
 * Reads the beginning of a file of any kind, and gives its records as the bytes come.
 *
 * @throws ProductFileError when the file is no list of records; the records throw it when they cannot be read to their end
 */
export async function openRecords(
	source: AsyncIterable<Uint8Array>,
	{ encoding: given, wanted = [] }: RecordOptions = {},
): Promise<RecordFile> {
	const iterator = source[Symbol.asyncIterator]()
	const close = async () => void (await iterator.return?.())
	try {
		const { head, bytes } = await peekBytes(iterator, 256)
		refuseOtherKinds(head)
		const decoder = createDecoder(detectEncoding(head, given))
		const { encoding } = decoder
		const blocks = textBlocks(bytes, decoder)
		const { value: first = '' } = await blocks.next()
		const peeked = [first]
		const kind = detectKind(first)
		const place = kind === 'xml' ? await findPlace(peeked, blocks, wanted) : { parent: '' }
		const { splitter, ...file } = chooseSplitter(kind, first, encoding, place)
		const batches = splitBlocks(splitter, peeked, blocks)
		const { early, ...found } = await firstRecords(splitter, batches, wanted)
		return { ...file, ...found, kind, encoding, records: eachRecord(early, batches, close), close }
	} catch (error) {
		await close()
		throw error
	}
}

// How far into a file its records and the wanted columns are looked for: 4 million characters.
const mostBlocks = 64

/** Reads blocks of XML, beside the one that is there, until they tell where the records are. */
async function findPlace(peeked: string[], blocks: AsyncIterator<string>, wanted: string[]): Promise<XmlPlace> {
	const finder = createXmlFinder(wanted)
	for (const block of peeked) finder.add(block)
	while (!finder.isSure() && peeked.length < mostBlocks) {
		const { value: block, done } = await blocks.next()
		if (done) break
		peeked.push(block)
		finder.add(block)
	}
	return finder.toPlace()
}

type Choice = Pick<RecordFile, 'delimiter' | 'lineName'> & { splitter: RecordSplitter }

function chooseSplitter(kind: FileKind, head: string, encoding: string, place: XmlPlace): Choice {
	const dialect = detectDialect(head)
	switch (kind) {
		case 'delimited': {
			const { delimiter } = dialect
			return { delimiter, lineName: 'line', splitter: delimitedRecords(dialect, encoding) }
		}
		case 'ndjson':
			return { lineName: 'line', splitter: ndjsonRecords(dialect.lineBreak) }
		case 'json':
			return { lineName: 'element', splitter: jsonArrayRecords() }
		case 'xml':
			return { lineName: 'element', splitter: xmlRecords(place) }
	}
}

async function* splitBlocks(
	splitter: RecordSplitter,
	peeked: string[],
	blocks: AsyncIterable<string>,
): AsyncGenerator<FileRecord[]> {
	for (let block = peeked.shift(); block !== undefined; block = peeked.shift()) {
		const text = block
		yield* givenBy((records) => splitter.add(text, records))
	}
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

type FirstRecords = Pick<RecordFile, 'columns' | 'missing'> & { early: FileRecord[] }

/** Reads until the names of the columns are known, and a record had each of the wanted ones. */
async function firstRecords(
	splitter: RecordSplitter,
	batches: AsyncGenerator<FileRecord[]>,
	wanted: string[],
): Promise<FirstRecords> {
	const early: FileRecord[] = []
	let columns = splitter.header
	let missing = wanted
	for (let read = 0; columns === undefined ? early.length < mostEarlyRecords : missing.length > 0; read++) {
		if (columns !== undefined && read >= mostBlocks) break
		const next = await batches.next()
		if (next.done) break
		for (const record of next.value) {
			early.push(record)
			if (!('values' in record)) continue
			columns ??= splitter.header ?? [...record.values.keys()]
			missing = missing.filter((column) => valueAt(record.values, column) === undefined)
		}
		columns ??= splitter.header
		if (splitter.header !== undefined) break
	}
	const { header } = splitter
	if (header !== undefined) return { early, columns: header, missing: wanted.filter((name) => !header.includes(name)) }
	return { early, columns: columns ?? [], missing: columns === undefined ? [] : missing }
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
