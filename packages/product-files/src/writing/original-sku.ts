import { cleanSku } from '@mercat/catalog-api/identifiers'
import { attributeOf } from './attribute-of.ts'
import type { WrittenProduct } from './written-product.ts'

/**
 * The sku that a product has in other systems. Another system's file names the product by it, and importing the file
 * leads to the sku of ours again.
 */
export function originalSku(product: WrittenProduct): string {
	const original = attributeOf(product, 'sourceSku')
	return cleanSku(original) === product.sku ? original : product.sku
}
