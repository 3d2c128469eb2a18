import type { ColumnMap } from '../mapping/column-map.ts'
import type { OwnRecord } from '../mapping/own-record.ts'
import type { FileRecord } from '../records/file-record.ts'
import { splitImageUrls, withSpacesWritten } from '../values/parse-image-urls.ts'
import { RowError } from '../values/row-error.ts'
import { googleAttributes, googleColumns, googleName } from './google-names.ts'
import { makeDescriptionPlain } from './plain-description.ts'
import type { ProductFormat } from './product-format.ts'

/**
 * Google Merchant, as text with tabs or commas, as RSS and as Atom: https://support.google.com/merchants/answer/7052112
 */
export const googleFormat: ProductFormat = {
	name: 'google',
	recognises: (columns) => columns.some((column) => /^g:./.test(column)) || hasTypicalColumns(columns.map(googleName)),
	ownColumns: [['id']],
	knownColumns: (columns) => columns.filter((column) => googleColumns.has(googleName(column))),
	toOwnRecords: readGoogle,
}

const typicalColumns = ['availability', 'condition', 'google_product_category', 'image_link', 'item_group_id', 'link']

function hasTypicalColumns(names: string[]): boolean {
	return names.includes('id') && typicalColumns.filter((name) => names.includes(name)).length >= 2
}

async function* readGoogle(records: AsyncIterable<FileRecord>, columnMap: ColumnMap): AsyncGenerator<OwnRecord> {
	const names = new Map<string, string>()
	for await (const record of records) {
		if ('problem' in record) {
			yield record
			continue
		}
		const { line } = record
		const google = byGoogleName(record.values, names)
		try {
			const values = toOwnValues(google)
			columnMap.overlay(values, record.values)
			makeDescriptionPlain(values)
			yield { line, values }
		} catch (error) {
			if (!(error instanceof RowError)) throw error
			yield { line, ...shownId(google.get('id')), rule: error.rule, problem: error.message }
		}
	}
}

function shownId(id: unknown): { sku?: string } {
	return typeof id === 'string' ? { sku: id } : {}
}

/** In RSS and Atom, `g:title` says more about the product than `title`. */
function byGoogleName(values: ReadonlyMap<string, unknown>, names: Map<string, string>): Map<string, unknown> {
	const named = new Map<string, unknown>()
	for (const [column, value] of values) {
		const name = names.get(column) ?? googleName(column)
		names.set(column, name)
		if (!named.has(name) || column !== name) named.set(name, value)
	}
	return named
}

function toOwnValues(google: ReadonlyMap<string, unknown>): Map<string, unknown> {
	const own = new Map<string, unknown>()
	const take = (field: string, ...names: string[]) => {
		const name = names.find((one) => google.has(one))
		if (name !== undefined) own.set(field, firstOf(google.get(name)))
	}
	take('sku', 'id')
	take('title', 'title')
	take('description', 'description', 'summary')
	take('brand', 'brand')
	take('price', 'price')
	take('group', 'item_group_id')
	for (const name of googleAttributes) if (google.has(name)) own.set(`attributes.${name}`, google.get(name))
	takeCategory(own, google)
	if (google.has('image_link') || google.has('additional_image_link')) {
		const images = [google.get('image_link') ?? '', google.get('additional_image_link') ?? '']
		own.set('imageUrls', images.flat().flatMap(imagesOf))
	}
	const onHand = quantityOf(google)
	if (onHand !== undefined) own.set('onHand', onHand)
	return own
}

// The category of the shop comes first. Google's own category may be a number of its taxonomy, which has no words.
function takeCategory(own: Map<string, unknown>, google: ReadonlyMap<string, unknown>): void {
	const [ofShop, ofGoogle] = [google.get('product_type'), google.get('google_product_category')].map(firstOf)
	const isNumber = typeof ofGoogle === 'number' || (typeof ofGoogle === 'string' && /^\s*\d+\s*$/.test(ofGoogle))
	if (isEmpty(ofShop) && !isNumber && ofGoogle !== undefined) own.set('category', ofGoogle)
	else if (ofShop !== undefined) own.set('category', ofShop)
	if (isNumber || !isEmpty(ofShop)) {
		if (ofGoogle !== undefined) own.set('attributes.google_product_category', ofGoogle)
	}
}

function imagesOf(images: unknown): unknown[] {
	return typeof images === 'string' ? splitImageUrls(withSpacesWritten(images)) : [images]
}

const soldOut = ['out_of_stock', 'discontinued']
const otherStates = ['in_stock', 'preorder', 'pre_order', 'backorder', 'back_order', 'available_for_order']

/** A product that is out of stock has none. One that is in stock tells no number unless another column does. */
function quantityOf(google: ReadonlyMap<string, unknown>): unknown {
	const text = firstOf(google.get('availability'))
	const state =
		typeof text === 'string'
			? text
					.trim()
					.toLowerCase()
					.replaceAll(/[\s-]+/g, '_')
			: ''
	if (soldOut.includes(state)) return 0
	if (state !== '' && !otherStates.includes(state)) {
		const problem = `availability must be in_stock, out_of_stock, preorder or backorder, not ${JSON.stringify(text)}`
		throw new RowError('AVAILABILITY_INVALID', problem)
	}
	return firstOf(google.get('quantity') ?? google.get('sell_on_google_quantity'))
}

/** Google uses the first one of a repeated value that may be there once. */
function firstOf(value: unknown): unknown {
	return Array.isArray(value) ? value[0] : value
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}
