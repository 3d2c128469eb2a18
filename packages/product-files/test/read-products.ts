import { openProductFile } from '../src/open-product-file.ts'
import type { ProductFile, ProductFileOptions } from '../src/product-file.ts'
import type { ProductRow } from '../src/product-row.ts'

/** Opens a product file that has this content. */
export function openContent(content: string | Uint8Array, options: ProductFileOptions = {}): Promise<ProductFile> {
	async function* bytes() {
		yield typeof content === 'string' ? Buffer.from(content) : content
	}
	return openProductFile(bytes(), options)
}

/** The rows of a product file that has this content. */
export async function readProducts(
	content: string | Uint8Array,
	options: ProductFileOptions = {},
): Promise<ProductRow[]> {
	const rows: ProductRow[] = []
	for await (const row of (await openContent(content, options)).rows) rows.push(row)
	return rows
}
