import { cleanSku } from '../values/clean-sku.ts'
import type { WrittenProduct } from './written-product.ts'

/**
 * The sku that a product has in other systems. Another system's file names the product by it, and importing the file
 * leads to the sku of ours again.
 */
export function originalSku({ sku, attributes }: WrittenProduct): string {
	const original = attributes['sourceSku'] ?? ''
	return cleanSku(original) === sku ? original : sku
}
