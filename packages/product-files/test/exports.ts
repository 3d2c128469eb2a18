import { readFileSync } from 'node:fs'
import type { ProductFileOptions } from '../src/mapping/product-file.ts'
import type { ProductRow } from '../src/mapping/product-row.ts'
import { readProducts } from './read-products.ts'

/** The rows of a file in `exports/`, by their skus. */
export async function readExport(name: string, options: ProductFileOptions = { currency: 'EUR' }) {
	const rows = await readProducts(exportText(name), options)
	return new Map(rows.map((row): [string, ProductRow] => [row.sku ?? '', row]))
}

export function exportText(name: string): string {
	return readFileSync(new URL(`exports/${name}`, import.meta.url), 'utf8')
}
