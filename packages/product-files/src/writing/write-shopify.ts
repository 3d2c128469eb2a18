import { csvRows } from './csv-rows.ts'
import { originalSku } from './original-sku.ts'
import { type ShopifyCells, sharedCells, shopifyHeader, variantCells, withImages } from './shopify-cells.ts'
import { groupRows } from './shopify-group.ts'
import type { WrittenProduct, WrittenProducts } from './written-product.ts'

/**
 * Writes the file that Shopify imports. The products of a group become the variants of one product, at the place of the
 * first of them. Where Shopify cannot say what they are, each is a product. All prices must be in one currency, which
 * the file does not name. Attributes that are no options, and that Shopify has no column for, are left out.
 */
export async function* writeShopify({ all, ofGroup }: WrittenProducts): AsyncGenerator<string> {
	yield csvRows([[...shopifyHeader]])
	// Whether a group that was met is one product of Shopify.
	const written = new Map<string, boolean>()
	for await (const product of all()) {
		const { group } = product
		if (group !== '' && !written.has(group)) {
			const rows = groupRows(group, await ofGroup(group))
			written.set(group, rows !== undefined)
			if (rows !== undefined) yield toCsv(rows)
		}
		if (group === '' || written.get(group) === false) yield toCsv(singleRows(product))
	}
}

// A handle that is the sku says that the product is of no group.
function singleRows(product: WrittenProduct): ShopifyCells[] {
	const cells = { ...sharedCells(product, product.title), ...variantCells(product, []) }
	return withImages(originalSku(product), [cells], [...new Set(product.imageUrls)])
}

function toCsv(rows: ShopifyCells[]): string {
	return csvRows(rows.map((cells) => shopifyHeader.map((column) => cells[column] ?? '')))
}
