import { createHash } from 'node:crypto'
import { optionsOf } from './shopify-options.ts'
import type { ShopifyRow } from './shopify-row.ts'

const longest = 64
const digestDigits = 8

/**
 * The skus of the variants of one product. A variant without a sku is named by the handle and the values of its options,
 * and variants that share one by this sku and the values. The end of a name that is too long is replaced by its SHA-256.
 */
export function skusOf(variants: ShopifyRow[], first: ShopifyRow): string[] {
	const given = variants.map(({ cells }) => withoutApostrophe(cells.get('sku') ?? ''))
	const counts = new Map<string, number>()
	for (const sku of given) counts.set(sku, (counts.get(sku) ?? 0) + 1)
	const product = first.cells.get('handle') || first.cells.get('title') || ''
	return variants.map((row, at) => {
		const sku = given[at] ?? ''
		if (sku !== '' && counts.get(sku) === 1) return sku
		return shortened([sku || product, ...optionsOf(row, first).map(({ value }) => value)].join('-'))
	})
}

function shortened(name: string): string {
	if (name.length <= longest) return name
	const digest = createHash('sha256').update(name).digest('hex').slice(0, digestDigits)
	return `${name.slice(0, longest - digestDigits - 1)}-${digest}`
}

/** Shopify writes an apostrophe before numbers, so that spreadsheets keep their zeros. */
export function withoutApostrophe(text: string): string {
	return /^'+\d/.test(text) ? text.slice(1) : text
}

/** A text that has apostrophes before a number itself gets one more, which {@link withoutApostrophe} takes away. */
export function withApostrophe(text: string): string {
	return /^'+\d/.test(text) ? `'${text}` : text
}
