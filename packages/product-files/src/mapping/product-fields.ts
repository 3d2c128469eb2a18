/** The fields that a new product must have. */
export const requiredFields = ['sku', 'title', 'price', 'currency']

/** The fields that a product may have, besides attributes. */
export const optionalFields = ['description', 'brand', 'category', 'group', 'onHand', 'imageUrls']

/** The attribute NAME of a product is the column `attributes.NAME`. */
export const attributePrefix = 'attributes.'

const fields = new Set([...requiredFields, ...optionalFields])

/** Whether this is the name of a field of ours, or of one attribute: `attributes.NAME`. */
export function isProductField(name: string): boolean {
	return fields.has(name) || (name.startsWith(attributePrefix) && name.length > attributePrefix.length)
}

/** All fields, in a sentence. */
export const fieldNames = `${[...fields].join(', ')} and ${attributePrefix}NAME`
