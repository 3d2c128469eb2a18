const orderIdForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const skuForm = /^[A-Za-z0-9._-]{1,64}$/

/** Whether a text is a UUID in its one spelling, in lower case. */
export function isOrderId(text: string): boolean {
	return orderIdForm.test(text)
}

/** Whether a text can be a product's sku. */
export function isSku(text: string): boolean {
	return skuForm.test(text)
}
