import { cleanSku, isSku } from '@mercat/catalog-api/identifiers'
import type { Product } from '@mercat/catalog-api/messages/Product'
import type { ProductUpsert } from '@mercat/catalog-api/messages/ProductUpsert'
import { cleanGroup } from '../values/clean-group.ts'
import { parseCategory } from '../values/parse-category.ts'
import { parseImageUrls } from '../values/parse-image-urls.ts'
import { parsePrice } from '../values/parse-price.ts'
import { parseQuantity } from '../values/parse-quantity.ts'
import { isText, parseAttribute, parseName, parseText } from '../values/parse-text.ts'
import { oneLine, severalLines } from '../values/plain-characters.ts'
import { RowError } from '../values/row-error.ts'
import type { OwnRecord } from './own-record.ts'
import { attributePrefix, fieldNames } from './product-fields.ts'
import type { ProductRow } from './product-row.ts'

export type RowOptions = {
	/**
	 * The file is another system's. Each sku goes along as it was, so that no other one becomes the same sku. Control
	 * characters within texts become spaces, and spaces within URLs `%20`.
	 */
	isForeign: boolean
	skuPrefix: string
	/** The currency of prices that name none. */
	currency: string | undefined
	/** Whether the price 0 is refused, too. */
	isFeed: boolean
}

type Draft = {
	product: Product
	attributes: { [name: string]: string }
	/** The paths of the update mask. */
	paths: string[]
	onHand?: number
	sourceSku?: string
}

/** Makes a product of a record in our own columns. Its mask names the fields that the record has, also the empty ones. */
export function toProductRow(record: OwnRecord, options: RowOptions): ProductRow {
	if ('problem' in record) return record
	const { line, values } = record
	// Without a prototype, an attribute may have any name, also `__proto__`.
	const draft: Draft = { product: {}, attributes: Object.create(null), paths: [] }
	const problems: RowError[] = []
	const attempt = (read: () => void) => {
		try {
			read()
		} catch (error) {
			if (!(error instanceof RowError)) throw error
			problems.push(error)
		}
	}
	attempt(() => readSku(draft, values.get('sku') ?? '', options))
	for (const [column, given] of values) {
		const value = options.isForeign ? plainCharacters(column, given) : given
		attempt(() => readField(draft, column, value, values, options))
	}
	const [first] = problems
	if (first === undefined) return { line, sku: draft.product.sku ?? '', upsert: toUpsert(draft, line) }
	const sku = draft.product.sku ?? shownSku(values.get('sku'))
	return { line, ...(sku === undefined ? {} : { sku }), rule: first.rule, problem: describe(problems) }
}

function describe(problems: RowError[]): string {
	const hasUnknown = problems.some(({ rule }) => rule === 'UNKNOWN_FIELD')
	const texts = problems.map(({ message }) => message)
	return [...texts, ...(hasUnknown ? [`the fields are ${fieldNames}`] : [])].join('; ')
}

function toUpsert({ product, attributes, paths, ...rest }: Draft, rowNumber: number): ProductUpsert {
	return {
		rowNumber,
		product: { ...product, attributes },
		updateMask: { paths: paths.length === 0 ? ['sku'] : paths },
		...rest,
	}
}

function shownSku(value: unknown): string | undefined {
	const text = typeof value === 'string' ? value.trim() : ''
	return text === '' ? undefined : text.slice(0, 100)
}

// Our texts have no control characters. Other systems have them in their texts, by mistake or to break lines.
function plainCharacters(column: string, value: unknown): unknown {
	if (typeof value !== 'string') return value
	return column === 'description' ? severalLines(value) : oneLine(value)
}

function readSku(draft: Draft, value: unknown, { isForeign, skuPrefix }: RowOptions): void {
	const original = parseName('sku', value, 'SKU_INVALID')
	if (original === '') throw new RowError('SKU_REQUIRED', 'sku is required')
	const sku = skuPrefix + cleanSku(original)
	if (!isSku(sku)) throw new RowError('SKU_TOO_LONG', `sku must have at most 64 characters, not ${sku.length}`)
	draft.product.sku = sku
	if (isForeign || sku !== original) draft.sourceSku = original
}

function readField(
	draft: Draft,
	column: string,
	value: unknown,
	values: ReadonlyMap<string, unknown>,
	options: RowOptions,
): void {
	const { product, paths } = draft
	switch (column) {
		case 'sku':
			return
		case 'title':
			product.title = parseText('title', value)
			if (product.title === '') throw new RowError('TITLE_REQUIRED', 'title is required')
			paths.push('title')
			return
		case 'description':
		case 'brand':
			product[column] = parseText(column, value)
			paths.push(column)
			return
		case 'category':
			product.category = parseCategory(value, options)
			paths.push('category')
			return
		case 'group':
			product.group = readGroup(value, options)
			paths.push('group')
			return
		case 'price':
			product.price = parsePrice(value, { named: values.get('currency'), usual: options.currency })
			if (options.isFeed && product.price.amountMinor === 0) {
				throw new RowError('PRICE_NOT_POSITIVE', 'price must be more than 0 in a feed')
			}
			paths.push('price')
			return
		case 'currency':
			if (!values.has('price') && !options.isForeign) {
				throw new RowError('PRICE_REQUIRED', 'price is required beside currency')
			}
			return
		case 'onHand': {
			const onHand = parseQuantity(value)
			if (onHand !== undefined) draft.onHand = onHand
			return
		}
		case 'imageUrls':
			product.imageUrls = parseImageUrls(value, options.isForeign)
			paths.push('image_urls')
			return
		case 'attributes':
			readAttributes(draft, value)
			return
		default:
			if (!column.startsWith(attributePrefix)) {
				throw new RowError('UNKNOWN_FIELD', `unknown field ${JSON.stringify(column)}`)
			}
			readAttribute(draft, column.slice(attributePrefix.length), value)
	}
}

function readGroup(value: unknown, { skuPrefix }: RowOptions): string {
	const original = parseName('group', value, 'GROUP_INVALID')
	return original === '' ? '' : cleanGroup(original, skuPrefix)
}

function readAttributes(draft: Draft, value: unknown): void {
	if (value === null || value === '') {
		draft.paths.push('attributes')
		return
	}
	if (typeof value !== 'object' || Array.isArray(value)) {
		throw new RowError('ATTRIBUTE_INVALID', 'attributes must be an object')
	}
	const entries = Object.entries(value)
	if (new Set(entries.map(([name]) => name.trim())).size < entries.length) {
		throw new RowError('ATTRIBUTE_INVALID', 'attributes must not have two names that differ only in white space')
	}
	for (const [name, text] of entries) readAttribute(draft, name, text)
}

function readAttribute({ attributes, paths }: Draft, padded: string, value: unknown): void {
	const name = padded.trim()
	if (name === '' || !isText(name)) {
		throw new RowError('ATTRIBUTE_INVALID', `attributes must not have the name ${JSON.stringify(padded)}`)
	}
	const text = parseAttribute(`attributes.${name}`, value)
	if (text !== '') attributes[name] = text
	paths.push(`attributes.${name}`)
}
