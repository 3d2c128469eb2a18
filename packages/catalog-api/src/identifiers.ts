/** A product's sku, as a regular expression for schemas. */
export const skuPattern = '^[A-Za-z0-9._-]{1,64}$'

/** The rule in words, to follow "must have". */
export const skuRule = '1 to 64 of A-Z a-z 0-9 . _ -'

const skuForm = new RegExp(skuPattern)
const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whether a text can be a product's sku. */
export function isSku(text: string): boolean {
	return skuForm.test(text)
}

/** A sku of ours for the sku of another system: each character that ours may not have becomes a `-`. */
export function cleanSku(original: string): string {
	return original.replaceAll(/[^A-Za-z0-9._-]/gu, '-')
}

/** The rule for names of sources and feeds in words, to follow "must have". */
export const sourceRule = `${skuRule}, and be neither shop nor only dots`

/**
 * Whether a value can be the name of a source, which is the name of its feed. Commands call the shop itself `shop`, and paths
 * cannot name `.` and `..`.
 */
export function isSource(text: unknown): text is string {
	return typeof text === 'string' && isSku(text) && text !== 'shop' && !/^\.+$/.test(text)
}

/** Whether a text is a UUID in its one spelling, in lower case, as the ids of orders and webhooks are. */
export function isUuid(text: string): boolean {
	return uuidForm.test(text)
}

/** Whether a text is an order's id. */
export function isOrderId(text: string): boolean {
	return isUuid(text)
}
