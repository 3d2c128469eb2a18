import { majorUnits } from '@mercat/catalog-api/currencies'
import { attributePrefix } from '../mapping/product-fields.ts'
import { splitImageUrls } from '../values/parse-image-urls.ts'
import { attributeOf } from './attribute-of.ts'
import { csvRows } from './csv-rows.ts'
import type { WrittenProduct, WrittenProducts } from './written-product.ts'

const columns = [
	'sku',
	'title',
	'description',
	'brand',
	'category',
	'group',
	'price',
	'currency',
	'onHand',
	'imageUrls',
]

/** Writes our own format as delimited text, with a column for each attribute that any product has. */
export async function* writeMercatCsv({ attributeNames, all }: WrittenProducts): AsyncGenerator<string> {
	yield csvRows([[...columns, ...attributeNames.map((name) => attributePrefix + name)]])
	for await (const product of all()) {
		const { sku, title, description, brand, category, group, price, onHand, imageUrls } = product
		const amount = [majorUnits(price.amountMinor, price.currencyCode), price.currencyCode, String(onHand)]
		const values = attributeNames.map((name) => attributeOf(product, name))
		yield csvRows([[sku, title, description, brand, category, group, ...amount, imagesCell(imageUrls), ...values]])
	}
}

// A URL with a separator in it, such as a comma before the next http, cannot stand with others in a text.
function imagesCell(urls: string[]): string {
	return urls.every((url) => splitImageUrls(url)[0] === url) ? urls.join(' ') : JSON.stringify(urls)
}

/** Writes our own format as one JSON object a line. */
export async function* writeMercatNdjson({ all }: WrittenProducts): AsyncGenerator<string> {
	for await (const product of all()) yield `${JSON.stringify(toMembers(product))}\n`
}

function toMembers({ price, onHand, imageUrls, attributes, ...texts }: WrittenProduct): object {
	const { currencyCode: currency, amountMinor } = price
	const { sku, title, description, brand, category, group } = texts
	const head = { sku, title, description, brand, category, group }
	return { ...head, price: majorUnits(amountMinor, currency), currency, onHand, imageUrls, attributes }
}
