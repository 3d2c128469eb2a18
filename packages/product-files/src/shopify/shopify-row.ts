import { cellText } from '../formats/cell-text.ts'
import type { FileRecord } from '../records/file-record.ts'
import { type ShopifyColumn, shopifyColumn } from './shopify-columns.ts'

/** One row of Shopify's export: the first row of a product, one of its other variants, or one more image. */
export type ShopifyRow = {
	line: number
	/** The trimmed text of each known column of the file. */
	cells: ReadonlyMap<ShopifyColumn, string>
	/** The row as it is in the file. */
	raw: ReadonlyMap<string, unknown>
}

/** Reads rows of one file: the meaning of its columns is looked up once. */
export function createRowReader(): (record: FileRecord & { values: Map<string, unknown> }) => ShopifyRow {
	const meanings = new Map<string, ShopifyColumn | undefined>()
	return ({ line, values }) => {
		const cells = new Map<ShopifyColumn, string>()
		for (const [header, value] of values) {
			if (!meanings.has(header)) meanings.set(header, shopifyColumn(header))
			const column = meanings.get(header)
			if (column !== undefined && !cells.get(column)) cells.set(column, cellText(value))
		}
		return { line, cells, raw: values }
	}
}

/** Whether a row belongs to the product that begins with `first`. Further rows of a product have no title of their own. */
export function continuesProduct(first: ShopifyRow, { cells }: ShopifyRow): boolean {
	const handle = cells.get('handle') ?? ''
	if (handle !== '') return handle === first.cells.get('handle')
	return (cells.get('title') ?? '') === ''
}

const ofVariant = ['value1', 'sku', 'price'] as const

/** Whether a row is a variant. A row of a further image has only the handle and the image. */
export function isVariant({ cells }: ShopifyRow): boolean {
	return ofVariant.some((column) => (cells.get(column) ?? '') !== '')
}
