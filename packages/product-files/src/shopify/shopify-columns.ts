/** The columns of Shopify's product export, before and since 2025, in small letters. */
const names = {
	handle: ['handle', 'url handle'],
	title: ['title'],
	body: ['body (html)', 'body', 'description'],
	vendor: ['vendor'],
	category: ['product category', 'standardized product type'],
	type: ['type', 'custom product type'],
	published: ['published', 'published on online store'],
	status: ['status'],
	name1: ['option1 name'],
	value1: ['option1 value'],
	name2: ['option2 name'],
	value2: ['option2 value'],
	name3: ['option3 name'],
	value3: ['option3 value'],
	sku: ['variant sku', 'sku'],
	tracker: ['variant inventory tracker', 'inventory tracker'],
	quantity: ['variant inventory qty', 'variant inventory quantity', 'inventory quantity'],
	price: ['variant price', 'price'],
	compareAtPrice: ['variant compare at price', 'compare-at price', 'compare at price'],
	barcode: ['variant barcode', 'barcode'],
	image: ['image src', 'product image url'],
	position: ['image position'],
	variantImage: ['variant image', 'variant image url'],
	mpn: ['google shopping / mpn', 'google shopping / manufacturer part number (mpn)'],
	condition: ['google shopping / condition'],
	gender: ['google shopping / gender'],
	ageGroup: ['google shopping / age group'],
} as const satisfies Record<string, readonly string[]>

export type ShopifyColumn = keyof typeof names

const columns = new Map<string, ShopifyColumn>(
	Object.entries(names).flatMap(([column, texts]) => texts.map((text) => [text, column as ShopifyColumn] as const)),
)

/** What a column of a file means; undefined for a column that we do not read. */
export function shopifyColumn(header: string): ShopifyColumn | undefined {
	return columns.get(header.trim().toLowerCase())
}
