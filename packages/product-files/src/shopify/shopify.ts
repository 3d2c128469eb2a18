import type { ProductFormat } from '../formats/product-format.ts'
import type { ColumnMap } from '../mapping/column-map.ts'
import type { OwnRecord } from '../mapping/own-record.ts'
import type { ProductFileOptions } from '../mapping/product-file.ts'
import { ProductFileError } from '../product-file-error.ts'
import type { FileRecord } from '../records/file-record.ts'
import { shopifyColumn } from './shopify-columns.ts'
import { toVariants } from './shopify-product.ts'
import { continuesProduct, createRowReader, type ShopifyRow } from './shopify-row.ts'

/** Shopify's product export: https://help.shopify.com/manual/products/import-export/using-csv */
export const shopifyFormat: ProductFormat = {
	name: 'shopify',
	recognises: (columns) => {
		const names = new Set(columns.map(shopifyColumn))
		return names.has('title') && (names.has('handle') || names.has('name1')) && typical.some((name) => names.has(name))
	},
	ownColumns: [['Handle', 'URL handle']],
	knownColumns: (columns) => columns.filter((column) => shopifyColumn(column) !== undefined),
	toOwnRecords: readShopify,
}

const typical = ['value1', 'price', 'quantity', 'body'] as const

// Shopify permits 2,048 variants and 250 images of a product.
const mostRows = 4000

async function* readShopify(
	records: AsyncIterable<FileRecord>,
	columnMap: ColumnMap,
	options: ProductFileOptions,
): AsyncGenerator<OwnRecord> {
	const readRow = createRowReader()
	let product: ShopifyRow[] = []
	for await (const record of records) {
		if ('problem' in record) {
			yield record
			continue
		}
		const row = readRow(record)
		if (product[0] === undefined) checkCurrency(row, options)
		else if (!continuesProduct(product[0], row)) {
			yield* toVariants(product, columnMap)
			product = []
		}
		if (product.length < mostRows) product.push(row)
		else yield tooManyRows(row)
	}
	if (product.length > 0) yield* toVariants(product, columnMap)
}

function checkCurrency({ cells }: ShopifyRow, { currency, map }: ProductFileOptions): void {
	if (!cells.has('price') || currency !== undefined || map?.currency !== undefined) return
	const problem = "Shopify's export does not name the currency of its prices; name it with --currency, such as EUR"
	throw new ProductFileError('CURRENCY_REQUIRED', problem)
}

function tooManyRows({ line }: ShopifyRow): OwnRecord {
	return { line, rule: 'TOO_MANY_ROWS', problem: `a product must have at most ${mostRows} rows` }
}
