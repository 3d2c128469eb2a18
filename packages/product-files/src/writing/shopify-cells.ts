import { majorUnits } from '@mercat/catalog-api/currencies'
import type { ShopifyOption } from '../shopify/shopify-options.ts'
import { withApostrophe } from '../shopify/shopify-sku.ts'
import { attributeOf } from './attribute-of.ts'
import { htmlOfText } from './html-of-text.ts'
import { originalSku } from './original-sku.ts'
import type { WrittenProduct } from './written-product.ts'

/** The columns that we write, by Shopify's names since 2025. */
export const shopifyHeader = [
	'Title',
	'URL handle',
	'Description',
	'Vendor',
	'Type',
	'Published on online store',
	'Status',
	'SKU',
	'Barcode',
	'Option1 name',
	'Option1 value',
	'Option2 name',
	'Option2 value',
	'Option3 name',
	'Option3 value',
	'Price',
	'Compare-at price',
	'Inventory tracker',
	'Inventory quantity',
	'Product image URL',
	'Image position',
	'Variant image URL',
	'Google Shopping / Gender',
	'Google Shopping / Age group',
	'Google Shopping / Manufacturer part number (MPN)',
	'Google Shopping / Condition',
] as const

export type ShopifyCells = { [Column in (typeof shopifyHeader)[number]]?: string }

/** The attributes that have columns of their own. */
const attributeColumns = {
	compareAtPrice: 'Compare-at price',
	gtin: 'Barcode',
	gender: 'Google Shopping / Gender',
	age_group: 'Google Shopping / Age group',
	mpn: 'Google Shopping / Manufacturer part number (MPN)',
	condition: 'Google Shopping / Condition',
} as const

/** What the first row of a product says of all its variants. */
export function sharedCells(product: WrittenProduct, title: string): ShopifyCells {
	return {
		Title: title,
		Description: htmlOfText(product.description),
		Vendor: product.brand,
		Type: product.category,
		'Published on online store': 'TRUE',
		Status: 'Active',
	}
}

export function variantCells(product: WrittenProduct, options: ShopifyOption[]): ShopifyCells {
	const [first = { name: 'Title', value: 'Default Title' }, second, third] = options
	const attributes = Object.entries(attributeColumns).map(([name, column]) => [
		column,
		valueCell(name, attributeOf(product, name)),
	])
	return {
		...Object.fromEntries(attributes),
		SKU: withApostrophe(originalSku(product)),
		'Option1 name': first.name,
		'Option1 value': first.value,
		'Option2 name': second?.name ?? '',
		'Option2 value': second?.value ?? '',
		'Option3 name': third?.name ?? '',
		'Option3 value': third?.value ?? '',
		Price: majorUnits(product.price.amountMinor, product.price.currencyCode),
		'Inventory tracker': 'shopify',
		'Inventory quantity': String(product.onHand),
	}
}

function valueCell(name: string, value: string): string {
	return name === 'gtin' || name === 'mpn' ? withApostrophe(value) : value
}

/** Puts the images of a product beside its variants, and further images into rows of their own. */
export function withImages(handle: string, variants: ShopifyCells[], images: string[]): ShopifyCells[] {
	const rows = Array.from({ length: Math.max(variants.length, images.length) }, (_, at) => variants[at] ?? {})
	return rows.map((cells, at) => {
		const image = images[at]
		const cellsOfImage = image === undefined ? {} : { 'Product image URL': image, 'Image position': String(at + 1) }
		return { ...cells, ...cellsOfImage, 'URL handle': handle }
	})
}
