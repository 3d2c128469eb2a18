import { distinctImages } from '../formats/distinct-images.ts'
import { toPlainText } from '../formats/plain-text.ts'
import { splitAtCommas, withPlainCommas } from '../values/escaped-commas.ts'
import type { WooColumn } from './woocommerce-columns.ts'
import type { WooRow } from './woocommerce-row.ts'

/** Why a product is not for sale: 1 is published, 0 is private or switched off, -1 is a draft. */
export function whyHidden(row: WooRow, parent: WooRow | undefined): string | undefined {
	if (isHidden(row)) return 'the product is not for sale: it is not published'
	if (parent !== undefined && isHidden(parent)) return 'the product is not for sale: its parent is not published'
	return undefined
}

function isHidden({ cells }: WooRow): boolean {
	return ['0', '-1', 'false', 'no'].includes((cells.get('published') ?? '').toLowerCase())
}

/**
 * The sku of a row. A variation without its own one gets that of its parent with its values. A row without any is named
 * by its number, as WooCommerce names it: `id:123`.
 */
export function wooSku({ cells, attributes }: WooRow, parent: WooRow | undefined): string {
	const ofParent = parent?.cells.get('sku') ?? ''
	const own = cells.get('sku') ?? ''
	if (own !== '' && own !== ofParent) return own
	const options = [...attributes.values()].filter((value) => value !== '')
	if (ofParent !== '' && options.length > 0) return [ofParent, ...options].join('-')
	const id = cells.get('id') ?? ''
	return id === '' ? own : `id:${id}`
}

/** What a product or a variation says in our own columns. What a variation leaves out, its parent says. */
export function wooValues(row: WooRow, parent: WooRow | undefined): Map<string, unknown> {
	const has = (column: WooColumn) => row.cells.has(column)
	const own = (column: WooColumn) => row.cells.get(column) ?? ''
	const shared = (column: WooColumn) => own(column) || (parent?.cells.get(column) ?? '')
	const values = new Map<string, unknown>([['sku', wooSku(row, parent)]])
	if (has('name')) values.set('title', titleOf(row, parent))
	if (has('description') || has('shortDescription')) {
		values.set('description', toPlainText(shared('description') || shared('shortDescription')))
	}
	if (has('brands')) values.set('brand', splitList(shared('brands'))[0] ?? '')
	if (has('categories')) values.set('category', deepest(splitEscaped(shared('categories'))))
	if (has('price')) values.set('price', own('price'))
	if (has('images')) values.set('imageUrls', distinctImages(imagesOf(row, parent)))
	if (parent !== undefined) values.set('group', parent.cells.get('sku') || `id:${parent.cells.get('id') ?? ''}`)
	const onHand = quantityOf(row)
	if (onHand !== undefined) values.set('onHand', onHand)
	if (has('salePrice')) values.set('attributes.sale_price', own('salePrice'))
	if (has('gtin')) values.set('attributes.gtin', own('gtin'))
	const attributes = new Map([...(parent?.attributes ?? []), ...row.attributes])
	for (const [name, value] of attributes) if (value !== '') values.set(`attributes.${name}`, value)
	return values
}

// WooCommerce names a variation "Hoodie - Red, No". Older exports repeat the name of the parent.
function titleOf({ cells, attributes }: WooRow, parent: WooRow | undefined): string {
	const [own, ofParent] = [cells.get('name') ?? '', parent?.cells.get('name') ?? '']
	if (parent === undefined || (own !== '' && own !== ofParent)) return own
	const options = [...attributes.values()].filter((value) => value !== '')
	return options.length === 0 ? ofParent : `${ofParent} – ${options.join(' / ')}`
}

function imagesOf(row: WooRow, parent: WooRow | undefined): string[] {
	const texts = [row.cells.get('images') ?? '', parent?.cells.get('images') ?? '']
	return texts.flatMap((text) =>
		text.split(/,(?=\s*https?:\/\/)|\s+(?=https?:\/\/)/i).map((url) => url.trim().replace(/,+$/, '')),
	)
}

/**
 * A product has several categories there and one here: the one with the most levels, and the first of these. Its
 * commas stay escaped.
 */
function deepest(categories: string[]): string {
	const depthOf = (category: string) => category.split('>').length
	return categories.reduce((best, each) => (best === '' || depthOf(each) > depthOf(best) ? each : best), '')
}

function splitList(text: string): string[] {
	return splitEscaped(text).map(withPlainCommas)
}

function splitEscaped(text: string): string[] {
	const parts = splitAtCommas(text).map((part) => part.trim())
	return parts.filter((part) => part !== '')
}

// "parent" means the stock that all variations share. Without a number, only sold out is known.
function quantityOf({ cells }: WooRow): string | undefined {
	const stock = cells.get('stock') ?? ''
	if (/^-\d/.test(stock)) return '0'
	if (stock !== '' && stock !== 'parent') return stock
	return ['0', 'no', 'false', 'outofstock'].includes((cells.get('inStock') ?? '').toLowerCase()) ? '0' : undefined
}
