import { Readable } from 'node:stream'
import { type CsvError, type Options, parse } from 'csv-parse'
import { type FileRow, longestRowBytes } from './file-row.ts'
import { optionalFields, requiredFields } from './product-fields.ts'
import { ProductFileError } from './product-file-error.ts'

const attributePrefix = 'attributes.'

/**
 * Reads the rows of a CSV file with a header (RFC 4180). An empty cell has no value. Spaces separate image URLs. The
 * column `attributes.NAME` has the attribute NAME. Empty lines are skipped.
 *
 * @throws ProductFileError for a wrong header, or after a misplaced quote that hides where the next row starts
 */
export async function* readCsv(bytes: AsyncIterable<Buffer>): AsyncGenerator<FileRow> {
	let header: string[] | undefined
	for await (const { rowNumber, cells, problem } of parseRecords(bytes)) {
		if (problem !== undefined) yield { rowNumber, problem }
		else if (header === undefined) header = readHeader(cells)
		else yield { rowNumber, ...toRow(header, cells) }
	}
	if (header === undefined) throw new ProductFileError('UNREADABLE', 'the file has no header')
}

type CsvRecord = { rowNumber: number; cells: Buffer[]; problem?: undefined }
type CsvProblem = { rowNumber: number; cells?: undefined; problem: string }

async function* parseRecords(bytes: AsyncIterable<Buffer>): AsyncGenerator<CsvRecord | CsvProblem> {
	// The parser counts a CRLF inside quotes as two lines, so lines are counted here.
	let line = 1
	let parserLines = 0
	const problems: CsvProblem[] = []
	let fatal: string | undefined

	const options: Options<CsvRecord, Buffer[]> = {
		encoding: null,
		record_delimiter: ['\r\n', '\n'],
		relax_column_count: true,
		skip_records_with_error: true,
		max_record_size: longestRowBytes,
		on_record: (cells, { lines }) => {
			const rowNumber = line
			parserLines = lines
			line += 1 + cells.reduce((breaks, cell) => breaks + countLineFeeds(cell), 0)
			return cells.length === 1 && cells.every((cell) => cell.length === 0) ? null : { rowNumber, cells }
		},
		on_skip: (error) => {
			const { code, lines } = error as CsvError & { lines: number }
			if (code === 'INVALID_OPENING_QUOTE' && line > 1) {
				problems.push({ rowNumber: line, problem: 'a cell that does not begin with a quote contains one' })
				line += lines - parserLines
				parserLines = lines
			} else {
				fatal ??= `line ${line}: ${fatalProblems[code] ?? code}; the rest of the file was not read`
			}
		},
	}

	async function* untilFatal() {
		for await (const chunk of bytes) {
			yield chunk
			if (fatal !== undefined) return
		}
	}

	const records = Readable.from(untilFatal()).compose(parse(options as unknown as Options))
	for await (const record of records as AsyncIterable<CsvRecord>) {
		while ((problems[0]?.rowNumber ?? Number.POSITIVE_INFINITY) < record.rowNumber) yield* problems.splice(0, 1)
		yield record
	}
	yield* problems
	if (fatal !== undefined) throw new ProductFileError('UNREADABLE', fatal)
}

const fatalProblems: { [code: string]: string | undefined } = {
	INVALID_OPENING_QUOTE: 'a column name that does not begin with a quote contains one',
	CSV_INVALID_CLOSING_QUOTE: 'the closing quote of a cell must be followed by a comma or the end of the line',
	CSV_QUOTE_NOT_CLOSED: 'a quote is never closed',
	CSV_MAX_RECORD_SIZE: `the row is longer than ${longestRowBytes} bytes`,
}

function countLineFeeds(cell: Buffer): number {
	let count = 0
	for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) count++
	return count
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const columnsRule = `the columns are ${[...requiredFields, ...optionalFields].join(', ')} and ${attributePrefix}NAME, with a comma between them`

function readHeader(cells: Buffer[]): string[] {
	const names = cells.map((cell) => cell.toString('utf8'))
	for (const name of names) {
		const isKnown = requiredFields.includes(name) || optionalFields.includes(name) || name.startsWith(attributePrefix)
		if (!isKnown)
			throw new ProductFileError('UNREADABLE', `line 1: unknown column ${JSON.stringify(name)}; ${columnsRule}`)
	}
	for (const name of requiredFields) {
		if (!names.includes(name)) throw new ProductFileError('UNREADABLE', `line 1: the column ${name} is required`)
	}
	const repeated = names.find((name, at) => names.indexOf(name) !== at)
	if (repeated !== undefined)
		throw new ProductFileError('UNREADABLE', `line 1: the column ${repeated} must be there once`)
	return names
}

function toRow(header: string[], cells: Buffer[]): { value: unknown } | { problem: string } {
	if (cells.length !== header.length)
		return { problem: `the row has ${cells.length} cells for ${header.length} columns` }
	let texts: string[]
	try {
		texts = cells.map((cell) => utf8.decode(cell))
	} catch {
		return { problem: 'not UTF-8' }
	}
	const given = header.map((name, at) => [name, texts[at] ?? ''] as const).filter(([, text]) => text !== '')
	const attributes = given.filter(([name]) => name.startsWith(attributePrefix))
	return {
		value: {
			...Object.fromEntries(given.filter(([name]) => !name.startsWith(attributePrefix)).map(toField)),
			attributes: Object.fromEntries(attributes.map(([name, text]) => [name.slice(attributePrefix.length), text])),
		},
	}
}

// A value of onHand that is not a whole number remains a text, which the check of the row refuses.
function toField([name, text]: readonly [string, string]): [string, unknown] {
	if (name === 'onHand' && /^\d+$/.test(text)) return [name, Number(text)]
	if (name === 'imageUrls') return [name, text.split(' ').filter((url) => url !== '')]
	return [name, text]
}
