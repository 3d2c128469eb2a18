/** The English columns of WooCommerce's product export that we read, in small letters. */
const names = {
	id: ['id'],
	type: ['type'],
	sku: ['sku'],
	name: ['name'],
	published: ['published'],
	shortDescription: ['short description'],
	description: ['description'],
	inStock: ['in stock?'],
	stock: ['stock'],
	salePrice: ['sale price'],
	price: ['regular price'],
	categories: ['categories'],
	images: ['images'],
	parent: ['parent'],
	brands: ['brands', 'brand'],
	gtin: ['gtin, upc, ean, or isbn'],
} as const satisfies Record<string, readonly string[]>

export type WooColumn = keyof typeof names

const columns = new Map<string, WooColumn>(
	Object.entries(names).flatMap(([column, texts]) => texts.map((text) => [text, column as WooColumn] as const)),
)

/** What a column of a file means; undefined for a column that we do not read. */
export function wooColumn(header: string): WooColumn | undefined {
	return columns.get(header.trim().toLowerCase())
}

/** The part of an attribute that a column has: "Attribute 2 name" is the name of the second one. */
export function attributeColumn(header: string): { number: number; part: 'name' | 'value' } | undefined {
	const [, number, part] = /^attribute (\d{1,3}) (name|value\(s\))$/i.exec(header.trim()) ?? []
	if (number === undefined) return undefined
	return { number: Number(number), part: part?.toLowerCase() === 'name' ? 'name' : 'value' }
}
