import type { ColumnMap } from '../mapping/column-map.ts'
import type { FormatName, ProductFileOptions } from '../product-file.ts'
import type { FileRecord } from '../records/file-record.ts'

/**
 * A record with the columns of our own format, which are the fields of a product and `attributes.NAME`. A column that is
 * there says something: an empty one clears its field. The values are still as the file has them.
 */
export type OwnRecord = { line: number; sku?: string } & (
	| { values: Map<string, unknown> }
	| { problem: string; rule: string }
)

/** What files of one system look like, and what they say in our own columns. */
export type ProductFormat = {
	name: FormatName
	/** Whether a file with these columns is of this format. */
	recognises(columns: string[]): boolean
	/** The columns, of these, that say something in this format. */
	knownColumns(columns: string[]): string[]
	/** Turns the records of a file into products in our own columns, and lays the mapping of the user over them. */
	toOwnRecords(
		records: AsyncIterable<FileRecord>,
		columnMap: ColumnMap,
		options: ProductFileOptions,
	): AsyncIterable<OwnRecord>
}
