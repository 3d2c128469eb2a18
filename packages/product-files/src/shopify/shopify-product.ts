import { distinctImages } from '../formats/distinct-images.ts'
import { toPlainText } from '../formats/plain-text.ts'
import type { ColumnMap } from '../mapping/column-map.ts'
import type { OwnRecord } from '../mapping/own-record.ts'
import type { ShopifyColumn } from './shopify-columns.ts'
import { optionsOf, variantTitle } from './shopify-options.ts'
import { isVariant, type ShopifyRow } from './shopify-row.ts'
import { skusOf, withoutApostrophe } from './shopify-sku.ts'

/** Makes a product of each variant of a Shopify product. Its first row has what all variants share. */
export function toVariants(rows: ShopifyRow[], columnMap: ColumnMap): OwnRecord[] {
	const [first] = rows
	if (first === undefined) return []
	const variants = rows.filter((row) => row === first || isVariant(row))
	const images = imagesOf(rows)
	const description = toPlainText(first.cells.get('body') ?? '')
	const skus = skusOf(variants, first)
	const hidden = whyHidden(first)
	return variants.map((row, at): OwnRecord => {
		const sku = skus[at] ?? ''
		if (hidden !== undefined) return { line: row.line, sku, rule: 'NOT_PUBLISHED', problem: hidden }
		const values = readVariant({ row, first, images, description, sku, isOnly: variants.length === 1 })
		columnMap.overlay(values, row.raw)
		return { line: row.line, values }
	})
}

// Shopify sells active and unlisted products. Older exports have no status, but tell what the shop shows.
function whyHidden({ cells }: ShopifyRow): string | undefined {
	const status = (cells.get('status') ?? '').toLowerCase()
	if (status === 'draft' || status === 'archived') return `the product is not for sale: its status is ${status}`
	if ((cells.get('published') ?? '').toLowerCase() !== 'false') return undefined
	return 'the product is not for sale: it is not published'
}

function imagesOf(rows: ShopifyRow[]): string[] {
	const placed = rows.map(({ cells }) => ({
		url: cells.get('image') ?? '',
		position: Number(cells.get('position') || 0),
	}))
	return placed.toSorted((a, b) => a.position - b.position || 0).map(({ url }) => url)
}

type Variant = {
	row: ShopifyRow
	first: ShopifyRow
	images: string[]
	description: string
	sku: string
	/** Whether the product has no other variant. */
	isOnly: boolean
}

function readVariant({ row, first, images, description, sku, isOnly }: Variant): Map<string, unknown> {
	const has = (column: ShopifyColumn) => row.cells.has(column)
	const own = (column: ShopifyColumn) => row.cells.get(column) ?? ''
	const shared = (column: ShopifyColumn) => own(column) || (first.cells.get(column) ?? '')
	const options = optionsOf(row, first)
	const values = new Map<string, unknown>([['sku', sku]])
	if (has('title')) values.set('title', variantTitle(shared('title'), options))
	if (has('body')) values.set('description', own('body') === '' ? description : toPlainText(own('body')))
	if (has('vendor')) values.set('brand', shared('vendor'))
	if (has('category') || has('type')) values.set('category', shared('category') || shared('type'))
	if (has('price')) values.set('price', own('price'))
	if (has('image') || has('variantImage')) values.set('imageUrls', distinctImages([own('variantImage'), ...images]))
	const handle = shared('handle')
	// The handle of a product without variants that is its sku tells nothing: `mercat export` writes it so.
	if (handle !== '' && !(isOnly && options.length === 0 && handle === withoutApostrophe(own('sku'))))
		values.set('group', handle)
	const onHand = quantityOf(row)
	if (onHand !== undefined) values.set('onHand', onHand)
	if (has('compareAtPrice')) values.set('attributes.compareAtPrice', own('compareAtPrice'))
	if (has('barcode')) values.set('attributes.gtin', withoutApostrophe(own('barcode')))
	if (has('mpn')) values.set('attributes.mpn', withoutApostrophe(shared('mpn')))
	if (has('condition')) values.set('attributes.condition', shared('condition'))
	if (has('gender')) values.set('attributes.gender', shared('gender'))
	if (has('ageGroup')) values.set('attributes.age_group', shared('ageGroup'))
	for (const { name, value } of options) values.set(`attributes.${name}`, value)
	return values
}

// Shopify counts the stock of a variant only if it has a tracker. A shop that sells on without stock goes below 0.
function quantityOf({ cells }: ShopifyRow): string | undefined {
	const quantity = cells.get('quantity') ?? ''
	if (quantity === '' || cells.get('tracker') === '') return undefined
	return /^-\d/.test(quantity) ? '0' : quantity
}
