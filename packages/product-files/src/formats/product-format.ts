import type { ColumnMap } from '../mapping/column-map.ts'
import type { OwnRecord } from '../mapping/own-record.ts'
import type { FormatName, ProductFileOptions } from '../mapping/product-file.ts'
import type { FileRecord } from '../records/file-record.ts'

/** What files of one system look like, and what they say in our own columns. */
export type ProductFormat = {
	name: FormatName
	/** Whether a file with these columns is of this format. */
	recognises(columns: string[]): boolean
	/** The columns that a file must have to be read in this format: of each group at least one. */
	ownColumns: readonly (readonly string[])[]
	/** The columns, of these, that say something in this format. */
	knownColumns(columns: string[]): string[]
	/** Turns the records of a file into products in our own columns, and lays the mapping of the user over them. */
	toOwnRecords(
		records: AsyncIterable<FileRecord>,
		columnMap: ColumnMap,
		options: ProductFileOptions,
	): AsyncIterable<OwnRecord>
}
