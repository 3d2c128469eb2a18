import type { ProductFormat } from '../formats/product-format.ts'
import type { ColumnMap } from '../mapping/column-map.ts'
import type { OwnRecord } from '../mapping/own-record.ts'
import type { ProductFileOptions } from '../mapping/product-file.ts'
import { ProductFileError } from '../product-file-error.ts'
import type { FileRecord } from '../records/file-record.ts'
import { attributeColumn, wooColumn } from './woocommerce-columns.ts'
import { createFamilies } from './woocommerce-family.ts'
import { whyHidden, wooSku, wooValues } from './woocommerce-product.ts'
import { createWooReader, type WooRow } from './woocommerce-row.ts'

/** WooCommerce's product export: https://woocommerce.com/document/product-csv-importer-exporter/ */
export const woocommerceFormat: ProductFormat = {
	name: 'woocommerce',
	recognises: (columns) => {
		const names = new Set(columns.map(wooColumn))
		return names.has('type') && names.has('name') && (names.has('price') || names.has('inStock'))
	},
	ownColumns: [
		['SKU', 'ID'],
		['Name', 'Regular price', 'Stock', 'In stock?'],
	],
	knownColumns: (columns) =>
		columns.filter((column) => wooColumn(column) !== undefined || attributeColumn(column) !== undefined),
	toOwnRecords: readWooCommerce,
}

async function* readWooCommerce(
	records: AsyncIterable<FileRecord>,
	columnMap: ColumnMap,
	options: ProductFileOptions,
): AsyncGenerator<OwnRecord> {
	const readRow = createWooReader()
	const families = createFamilies()
	let isFirst = true
	for await (const record of records) {
		if ('problem' in record) {
			yield record
			continue
		}
		const row = readRow(record)
		if (isFirst) checkCurrency(row, options)
		isFirst = false
		const kind = kindOf(row)
		switch (kind) {
			case 'product':
				yield toRecord(row, undefined, columnMap)
				break
			case 'parent':
				for (const variation of families.addParent(row)) yield toRecord(variation, row, columnMap)
				break
			case 'variation': {
				const parent = families.parentOf(row)
				if (parent !== undefined) {
					yield toRecord(row, parent, columnMap)
					break
				}
				const tooMany = families.wait(row)
				if (tooMany !== undefined) yield withoutParent(tooMany)
				break
			}
			case 'other':
				yield ofOtherType(row)
				break
			default:
				kind satisfies never
		}
	}
	for (const variation of families.orphans()) yield withoutParent(variation)
}

// A type may say more: "variation, virtual", "simple, downloadable, virtual".
function kindOf({ cells }: WooRow): 'product' | 'parent' | 'variation' | 'other' {
	const types = (cells.get('type') ?? '').toLowerCase().split(/\s*,\s*/)
	if (types.includes('variation')) return 'variation'
	if (types.includes('variable')) return 'parent'
	if (types.includes('simple')) return 'product'
	return types.every((type) => type === '' || type === 'virtual' || type === 'downloadable') ? 'product' : 'other'
}

function toRecord(row: WooRow, parent: WooRow | undefined, columnMap: ColumnMap): OwnRecord {
	const { line, raw } = row
	const hidden = whyHidden(row, parent)
	if (hidden !== undefined) return { line, sku: wooSku(row, parent), rule: 'NOT_PUBLISHED', problem: hidden }
	const values = wooValues(row, parent)
	columnMap.overlay(values, raw)
	return { line, values }
}

function withoutParent(row: WooRow): OwnRecord {
	const parent = row.cells.get('parent') ?? ''
	const problem = parent === '' ? 'a variation must name its parent' : `the parent ${JSON.stringify(parent)} is missing`
	return { line: row.line, sku: wooSku(row, undefined), rule: 'PARENT_MISSING', problem }
}

function ofOtherType(row: WooRow): OwnRecord {
	const type = JSON.stringify(row.cells.get('type') ?? '')
	const problem = `only products of the types simple, variable and variation have a price and a stock here, not ${type}`
	return { line: row.line, sku: wooSku(row, undefined), rule: 'PRODUCT_TYPE_REFUSED', problem }
}

function checkCurrency({ cells }: WooRow, { currency, map }: ProductFileOptions): void {
	if (!cells.has('price') || currency !== undefined || map?.currency !== undefined) return
	const problem = "WooCommerce's export does not name the currency of its prices; name it with --currency, such as EUR"
	throw new ProductFileError('CURRENCY_REQUIRED', problem)
}
