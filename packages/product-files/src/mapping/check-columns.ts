import { ProductFileError } from '../product-file-error.ts'
import type { ColumnMap } from './column-map.ts'
import { fieldNames } from './product-fields.ts'

export type HeaderFacts = {
	columns: string[]
	columnMap: ColumnMap
	/** The columns of the mapping that are not there. */
	missing: string[]
	/** The columns that nothing explains. */
	unknown: string[]
	/** Whether the columns are to have our names, but for those of the mapping. */
	isOurs: boolean
}

/**
 * Checks the header of a delimited file.
 *
 * @throws ProductFileError that names every column at fault, and what would be right
 */
export function checkColumns({ columns, columnMap, missing, unknown, isOurs }: HeaderFacts): void {
	if (missing.length > 0) {
		throw new ProductFileError(
			'COLUMN_MISSING',
			`the file has no ${nameColumns(missing)}; it has ${list(columns)}${firstLine(missing.length === columnMap.columns.length)}`,
		)
	}
	// A column has texts, and attributes are an object.
	const wrong = isOurs && columnMap.isEmpty ? [...unknown, ...columns.filter((name) => name === 'attributes')] : unknown
	if (wrong.length > 0) {
		const advice = `the columns are ${fieldNames}; --map FIELD=COLUMN,… reads a field from a column with another name`
		throw new ProductFileError(
			'COLUMN_UNKNOWN',
			`unknown ${nameColumns(wrong)}; ${advice}${firstLine(unknown.length === columns.length)}`,
		)
	}
	if (!isOurs || !columnMap.isEmpty) return
	if (!columns.includes('sku')) throw new ProductFileError('COLUMN_MISSING', 'the column sku is required')
	if (columns.includes('currency') && !columns.includes('price')) {
		throw new ProductFileError('COLUMN_MISSING', 'the column price is required beside currency')
	}
}

/**
 * Checks that a file has the columns without which the named format could read nothing.
 *
 * @throws ProductFileError COLUMN_MISSING
 */
export function checkOwnColumns(columns: string[], groups: readonly (readonly string[])[], format: string): void {
	const plain = (column: string) => column.trim().toLowerCase().replace(/^g:/, '')
	const there = new Set(columns.map(plain))
	const missing = groups.filter((group) => !group.some((column) => there.has(plain(column))))
	if (missing.length === 0) return
	const needed = missing.map((group) => group.map((column) => JSON.stringify(column)).join(' or ')).join(' and ')
	const problem = `the format ${format} needs the column ${needed}; the file has ${list(columns)}`
	throw new ProductFileError('COLUMN_MISSING', problem)
}

/** The lines above a header, such as a title, are taken for it. Then no column is known. */
function firstLine(isNothingKnown: boolean): string {
	return isNothingKnown ? '; the header must be the first line of the file' : ''
}

/**
 * Checks that the first records of a file without a header have the columns of the mapping, each in one of them.
 *
 * @throws ProductFileError COLUMN_MISSING
 */
export function checkMembers(missing: string[], columns: string[]): void {
	if (missing.length === 0) return
	const problem = `no record at the beginning of the file has the ${nameColumns(missing)}; the first one has ${list(columns)}`
	throw new ProductFileError('COLUMN_MISSING', problem)
}

function nameColumns(names: string[]): string {
	return `${names.length === 1 ? 'column' : 'columns'} ${list(names)}`
}

function list(names: string[]): string {
	return names.map((name) => JSON.stringify(name)).join(', ')
}
