import type { ProductFile, ProductFileOptions } from '../src/mapping/product-file.ts'
import type { ProductRow } from '../src/mapping/product-row.ts'
import { openProductFile } from '../src/recognition/open-product-file.ts'

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
