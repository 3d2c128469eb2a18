import type { ColumnMap } from '../mapping/column-map.ts'
import type { OwnRecord } from '../mapping/own-record.ts'
import { isProductField, requiredFields } from '../mapping/product-fields.ts'
import type { FileRecord } from '../records/file-record.ts'
import { makeDescriptionPlain } from './plain-description.ts'
import type { ProductFormat } from './product-format.ts'

/** Our own format. With a mapping, it reads any file: columns that have our names count, too. */
export const mercatFormat: ProductFormat = {
	name: 'mercat',
	recognises: (columns) => columns.includes('sku') && columns.some(isOtherField) && columns.every(isKnown),
	// The header of our own format is checked more strictly.
	ownColumns: [],
	knownColumns: (columns) => columns.filter(isKnown),
	toOwnRecords: (records, columnMap) => (columnMap.isEmpty ? records : mapRecords(records, columnMap)),
}

function isKnown(column: string): boolean {
	return isProductField(column) || column === 'attributes'
}

function isOtherField(column: string): boolean {
	return column !== 'sku' && (requiredFields.includes(column) || isProductField(column))
}

async function* mapRecords(records: AsyncIterable<FileRecord>, columnMap: ColumnMap): AsyncGenerator<OwnRecord> {
	for await (const record of records) {
		if ('problem' in record) {
			yield record
			continue
		}
		const values = new Map<string, unknown>()
		for (const [column, value] of record.values) {
			if (isProductField(column) || (column === 'attributes' && typeof value === 'object')) values.set(column, value)
		}
		columnMap.overlay(values, record.values)
		makeDescriptionPlain(values)
		yield { line: record.line, values }
	}
}
