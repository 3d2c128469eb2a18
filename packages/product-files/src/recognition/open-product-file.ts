import { mercatFormat } from '../formats/mercat.ts'
import type { ProductFormat } from '../formats/product-format.ts'
import { checkColumns, checkMembers, checkOwnColumns } from '../mapping/check-columns.ts'
import { createColumnMap } from '../mapping/column-map.ts'
import { optionProblems } from '../mapping/option-problems.ts'
import type { OwnRecord } from '../mapping/own-record.ts'
import type { ProductFile, ProductFileOptions } from '../mapping/product-file.ts'
import type { ProductRow } from '../mapping/product-row.ts'
import { type RowOptions, toProductRow } from '../mapping/to-product-row.ts'
import { ProductFileError } from '../product-file-error.ts'
import { openRecords } from '../reading/open-records.ts'
import { wholeRecords } from '../reading/whole-records.ts'
import { productFormats } from './product-formats.ts'
import { recogniseFormat } from './recognise-format.ts'
import { refuseRepeatedSkus } from './repeated-skus.ts'

/**
 * Opens a product file: finds its kind, its encoding and its format, and makes a product of each of its records.
 *
 * @throws ProductFileError for wrong options, and for a file that no row can be read from; the rows throw it where the
 * rest of the file cannot be read
 */
export async function openProductFile(
	bytes: AsyncIterable<Uint8Array>,
	options: ProductFileOptions = {},
): Promise<ProductFile> {
	const problems = optionProblems(options)
	if (problems.length > 0) throw new ProductFileError('OPTION_INVALID', problems.join('; '))
	const { encoding, map, skuFrom, skuPrefix = '', currency, isFeed = false } = options
	const columnMap = createColumnMap(map, skuFrom)
	const opened = await openRecords(bytes, { encoding, wanted: columnMap.columns })
	try {
		const { records: given, columns, missing, ...file } = opened
		const records = isFeed ? wholeRecords(given, file.kind) : given
		const format = chooseFormat(options, columns)
		const isOurs = format === mercatFormat
		const known = new Set([...format.knownColumns(columns), ...columnMap.columns])
		const ignoredColumns = columns.filter((column) => !known.has(column))
		if (file.kind === 'delimited') {
			const unknown = isOurs && columnMap.isEmpty ? ignoredColumns : []
			if (columnMap.isEmpty && !format.recognises(columns)) checkOwnColumns(columns, format.ownColumns, format.name)
			checkColumns({ columns, columnMap, missing, unknown, isOurs })
		} else checkMembers(missing, columns)
		const isOfOtherSystem = !isOurs || !columnMap.isEmpty
		const isForeign = isOfOtherSystem || skuPrefix !== ''
		const rows = toRows(format.toOwnRecords(records, columnMap, options), { isForeign, skuPrefix, currency, isFeed })
		// A file of our own may change one product several times: its rows are applied in their order. A feed says what is.
		const applied = isOfOtherSystem || isFeed ? refuseRepeatedSkus(rows, file.lineName) : rows
		return { ...file, format: format.name, ignoredColumns, rows: applied }
	} catch (error) {
		await opened.close()
		throw error
	}
}

// With a mapping, the user tells what the columns are.
function chooseFormat({ format: name, map }: ProductFileOptions, columns: string[]): ProductFormat {
	if (name === undefined) return (map === undefined ? recogniseFormat(columns) : undefined) ?? mercatFormat
	const format = productFormats.find((one) => one.name === name)
	if (format !== undefined) return format
	const names = productFormats.map((one) => one.name).join(', ')
	throw new ProductFileError('OPTION_INVALID', `format must be one of ${names}, not ${JSON.stringify(name)}`)
}

async function* toRows(records: AsyncIterable<OwnRecord>, options: RowOptions): AsyncGenerator<ProductRow> {
	for await (const record of records) yield toProductRow(record, options)
}
