import { majorUnits } from '@mercat/catalog-api/currencies'
import { googleAttributes } from '../formats/google-names.ts'
import { attributeOf } from './attribute-of.ts'
import { csvRows } from './csv-rows.ts'
import { htmlOfText } from './html-of-text.ts'
import { originalSku } from './original-sku.ts'
import type { WrittenProduct, WrittenProducts } from './written-product.ts'

export type GoogleOptions = {
	/** The address of a product's page, in which `{sku}` stands for its sku. Google requires one. */
	link?: string | undefined
}

const columns = [
	'id',
	'title',
	'description',
	'image_link',
	'additional_image_link',
	'availability',
	'sell_on_google_quantity',
	'price',
	'brand',
	'product_type',
	'item_group_id',
]

/**
 * Writes text with tabs as Google Merchant reads it (https://support.google.com/merchants/answer/7052112). Attributes
 * that Google does not know are left out.
 */
export async function* writeGoogle(products: WrittenProducts, { link }: GoogleOptions): AsyncGenerator<string> {
	const attributes = googleAttributes.filter((name) => products.attributeNames.includes(name))
	yield csvRows([[...columns, ...attributes, ...(link === undefined ? [] : ['link'])]], '\t')
	for await (const product of products.all()) {
		const values = attributes.map((name) => attributeOf(product, name))
		const page = link === undefined ? [] : [link.replaceAll('{sku}', encodeURIComponent(product.sku))]
		yield csvRows([[...toCells(product), ...values, ...page]], '\t')
	}
}

// A comma separates images there, so one in a URL must be encoded.
function withSeparatorsEncoded(url: string): string {
	return url.replaceAll(/[,;|]+(?=https?:\/\/|$)/gi, encodeURIComponent)
}

function toCells(product: WrittenProduct): string[] {
	const { title, description, imageUrls, onHand, price, brand, category, group } = product
	const [image = '', ...images] = imageUrls.map(withSeparatorsEncoded)
	return [
		originalSku(product),
		title,
		htmlOfText(description),
		image,
		images.join(','),
		onHand > 0 ? 'in_stock' : 'out_of_stock',
		String(onHand),
		`${majorUnits(price.amountMinor, price.currencyCode)} ${price.currencyCode}`,
		brand,
		category.replaceAll('/', ' > '),
		group,
	]
}
