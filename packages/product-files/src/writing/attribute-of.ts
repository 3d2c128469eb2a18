import type { WrittenProduct } from './written-product.ts'

/** The value of an attribute; empty for one that the product lacks, whatever its name: `constructor` is one as well. */
export function attributeOf({ attributes }: WrittenProduct, name: string): string {
	return (Object.hasOwn(attributes, name) ? attributes[name] : undefined) ?? ''
}
