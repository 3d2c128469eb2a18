import { isDeepStrictEqual } from 'node:util'
import { majorUnits } from '@mercat/catalog-api/currencies'
import { createColumnMap } from '../mapping/column-map.ts'
import { attributePrefix } from '../mapping/product-fields.ts'
import { variantTitle } from '../shopify/shopify-options.ts'
import { toVariants } from '../shopify/shopify-product.ts'
import { createRowReader } from '../shopify/shopify-row.ts'
import { attributeOf } from './attribute-of.ts'
import { originalSku } from './original-sku.ts'
import { type ShopifyCells, sharedCells, variantCells, withImages } from './shopify-cells.ts'
import { type TitleOptions, titleOptions } from './title-options.ts'
import type { WrittenProduct } from './written-product.ts'

/**
 * The rows of one Shopify product whose variants are the products of a group. Undefined where Shopify cannot say what
 * they are: where their titles do not tell their options, or where they differ in what Shopify keeps once for all.
 */
export function groupRows(group: string, products: WrittenProduct[]): ShopifyCells[] | undefined {
	const [first] = products
	if (first === undefined) return undefined
	for (const titled of titleOptions(first, products.length === 1)) {
		const rows = rowsOf(group, products, titled)
		if (rows !== undefined && saysTheSame(rows, products)) return rows
	}
	return undefined
}

function rowsOf(group: string, products: WrittenProduct[], { title, names }: TitleOptions): ShopifyCells[] | undefined {
	const options = products.map((product) => names.map((name) => ({ name, value: attributeOf(product, name) })))
	if (options.some((each) => each.some(({ value }) => value === ''))) return undefined
	if (new Set(options.map((each) => JSON.stringify(each))).size < products.length) return undefined
	if (products.some((product, at) => product.title !== variantTitle(title, options[at] ?? []))) return undefined
	const images = imagesOf(products)
	const variants = products.map((product, at): ShopifyCells => {
		const cells = { ...(at === 0 ? sharedCells(product, title) : {}), ...variantCells(product, options[at] ?? []) }
		const [image = ''] = product.imageUrls
		return products.length === 1 ? cells : { ...cells, 'Variant image URL': image }
	})
	return withImages(group, variants, images)
}

// Each variant has its own image first, and then the others: the order of all shows where the own image of another is.
function imagesOf([first, ...others]: WrittenProduct[]): string[] {
	const images = first?.imageUrls ?? []
	const other = others.find(({ imageUrls }) => imageUrls[0] !== images[0])
	const [own] = images
	if (other === undefined || own === undefined) return images
	const at = other.imageUrls.indexOf(own)
	if (at < 1) return images
	const before = other.imageUrls[at - 1]
	const rest = images.slice(1)
	// The image before it may be the own one of the other variant, which stands first there.
	const place = at === 1 ? 0 : rest.indexOf(before ?? '') + 1
	return [...rest.slice(0, place), own, ...rest.slice(place)]
}

/** Whether reading the rows gives the products. */
function saysTheSame(rows: ShopifyCells[], products: WrittenProduct[]): boolean {
	const readRow = createRowReader()
	const read = rows.map((cells, at) =>
		readRow({ line: at, values: new Map<string, unknown>(Object.entries(withAll(cells))) }),
	)
	const variants = toVariants(read, createColumnMap())
	return (
		variants.length === products.length &&
		variants.every((variant, at) => {
			const product = products[at]
			return product !== undefined && 'values' in variant && isSame(variant.values, product)
		})
	)
}

const everyColumn = { Title: '', Description: '', Vendor: '', Type: '', 'Product image URL': '', Barcode: '' }

function withAll(cells: ShopifyCells): ShopifyCells {
	return { ...everyColumn, ...cells }
}

function isSame(values: ReadonlyMap<string, unknown>, product: WrittenProduct): boolean {
	const expected = new Map<string, unknown>([
		['sku', originalSku(product)],
		['title', product.title],
		['description', product.description],
		['brand', product.brand],
		['category', product.category],
		['group', product.group],
		['price', majorUnits(product.price.amountMinor, product.price.currencyCode)],
		['onHand', String(product.onHand)],
		['imageUrls', product.imageUrls],
	])
	for (const [field, value] of values) {
		const wanted = field.startsWith(attributePrefix)
			? attributeOf(product, field.slice(attributePrefix.length))
			: expected.get(field)
		if (!isDeepStrictEqual(value, wanted)) return false
	}
	return values.has('group')
}
