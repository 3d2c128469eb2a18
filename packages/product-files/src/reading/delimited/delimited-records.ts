import { ProductFileError } from '../../product-file-error.ts'
import type { FileRecord } from '../../records/file-record.ts'
import type { RecordSplitter } from '../../records/record-splitter.ts'
import type { Dialect } from './detect-dialect.ts'
import { type CellRecord, splitCells } from './split-cells.ts'

/**
 * The records below the header of a delimited text: each has the texts of its cells by column, as they are. Records whose
 * cells are all blank are passed over. Empty names at the end of the header are no columns.
 *
 * @throws ProductFileError for a header that cannot be read
 */
export function delimitedRecords(dialect: Dialect, encoding: string, longest?: number): RecordSplitter {
	const splitter = splitCells(dialect, longest)
	let isDelimiterLine = dialect.hasDelimiterLine
	let header: string[] | undefined

	function addRecords(found: CellRecord[], records: FileRecord[]): void {
		for (const record of found) {
			if ('cells' in record && isBlank(record.cells)) continue
			if (isDelimiterLine) isDelimiterLine = false
			else if (header === undefined) header = readHeader(record, encoding)
			else if ('cells' in record) records.push(toRecord(header, record.line, record.cells))
			else records.push(record)
		}
	}

	return {
		get header() {
			return header
		},
		add: (text, records) => addRecords(splitter.add(text), records),
		end(records) {
			addRecords(splitter.end(), records)
			if (header === undefined) throw new ProductFileError('EMPTY_FILE', 'the file has no header')
		},
	}
}

function toRecord(columns: string[], line: number, cells: string[]): FileRecord {
	if (cells.length < columns.length || !isBlank(cells, columns.length)) {
		const problem = `the row has ${cells.length} cells for ${columns.length} columns`
		return { line, problem, rule: 'CELL_COUNT' }
	}
	const values = new Map<string, unknown>()
	for (let at = 0; at < columns.length; at++) values.set(columns[at] as string, cells[at])
	return { line, values }
}

function isBlank(cells: string[], from = 0): boolean {
	for (let at = from; at < cells.length; at++) if ((cells[at] as string).trim() !== '') return false
	return true
}

function readHeader(record: CellRecord, encoding: string): string[] {
	const { line } = record
	if (!('cells' in record)) {
		if (record.rule !== 'NOT_UTF8') throw new ProductFileError('HEADER_INVALID', `line ${line}: ${record.problem}`)
		const hint = '--encoding tells another encoding, such as windows-1252'
		throw new ProductFileError('NOT_UTF8', `line ${line}: the header is not ${encoding.toUpperCase()}; ${hint}`)
	}
	const names = record.cells.map((cell) => cell.trim())
	const columns = names.slice(0, names.findLastIndex((name) => name !== '') + 1)
	const named = new Set<string>()
	const repeated = columns.find((name) => name !== '' && named.size === named.add(name).size)
	if (repeated !== undefined) {
		throw new ProductFileError('COLUMN_REPEATED', `line ${line}: the column ${repeated} must be there once`)
	}
	return columns
}
