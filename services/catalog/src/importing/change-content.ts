import { isSameRecord } from '../products/text-index.ts'
import { attributeCountProblem } from '../products/validate-product.ts'
import { type Content, type ImportedProduct, type ImportRow, sourceSkuName } from './import-row.ts'

/** The fields that a row changes; no content when it changes none. Or what is wrong with the result. */
export type ContentChange = { content?: Partial<Content>; problem?: string }

/** What a row changes of the content of a product. */
export function changedContent(product: ImportedProduct, row: ImportRow): ContentChange {
	const content: Partial<Content> = {}
	const { title, description, brand, category, group, imageUrls } = row.content
	if (title !== undefined && title !== product.title) content.title = title
	if (description !== undefined && description !== product.description) content.description = description
	if (brand !== undefined && brand !== product.brand) content.brand = brand
	if (category !== undefined && category !== product.category) content.category = category
	if (group !== undefined && group !== product.group) content.group = group
	if (imageUrls !== undefined && !isSameList(imageUrls, product.imageUrls)) content.imageUrls = imageUrls
	const attributes = attributesAfter(product.attributes, row)
	if (!isSameRecord(attributes, product.attributes)) {
		const problem = attributesProblem(attributes)
		if (problem !== undefined) return { problem }
		content.attributes = attributes
	}
	return Object.keys(content).length === 0 ? {} : { content }
}

/** The product that a row creates; `undefined` when the row lacks what a new product needs. */
export function newProduct(row: ImportRow, source: string): ImportedProduct | undefined {
	const { title, ...content } = row.content
	if (title === undefined || row.price === undefined) return undefined
	return {
		sku: row.sku,
		title,
		description: '',
		brand: '',
		category: '',
		imageUrls: [],
		group: '',
		...content,
		attributes: attributesAfter({}, row),
		...row.price,
		archived: false,
		archivedBy: '',
		contentSource: source,
		priceSource: source,
		quantitySource: source,
		onHand: row.onHand ?? 0,
		held: 0,
	}
}

/** What is wrong with the attributes that a product has in the end. */
export function attributesProblem(attributes: Attributes): string | undefined {
	const problem = attributeCountProblem(Object.keys(attributes).length)
	return problem && `product.attributes ${problem}`
}

type Attributes = Readonly<Record<string, string>>

function attributesAfter(before: Attributes, row: ImportRow): Record<string, string> {
	const all = { ...(row.content.attributes ?? before) }
	for (const [name, value] of Object.entries(row.attributes)) {
		if (value === '') delete all[name]
		// Not by assignment, which for the name __proto__ would not make a member.
		else Object.defineProperty(all, name, { value, ...member })
	}
	if (row.sourceSku !== undefined && row.sourceSku !== row.sku) all[sourceSkuName] = row.sourceSku
	return all
}

const member = { enumerable: true, configurable: true, writable: true }

function isSameList(one: readonly string[], other: readonly string[]): boolean {
	return one.length === other.length && one.every((item, index) => item === other[index])
}
