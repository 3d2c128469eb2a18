import { type GoogleOptions, writeGoogle } from './write-google.ts'
import { writeMercatCsv, writeMercatNdjson } from './write-mercat.ts'
import { writeShopify } from './write-shopify.ts'
import type { WrittenProducts } from './written-product.ts'

/** The formats that we write. */
export const writtenFormats = ['mercat', 'google', 'shopify'] as const

export type WriteOptions = GoogleOptions & {
	format: (typeof writtenFormats)[number]
	/** Writes our own format as one JSON object a line. */
	asNdjson?: boolean
}

/** Writes a product file, in parts. Reading it gives the same products. */
export function writeProducts(
	products: WrittenProducts,
	{ format, asNdjson, link }: WriteOptions,
): AsyncIterable<string> {
	switch (format) {
		case 'mercat':
			return asNdjson === true ? writeMercatNdjson(products) : writeMercatCsv(products)
		case 'google':
			return writeGoogle(products, { link })
		case 'shopify':
			return writeShopify(products)
		default:
			return format satisfies never
	}
}
