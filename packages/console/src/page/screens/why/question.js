/**
 * What a person asks about: an order, a trace, or an idempotency key of a customer.
 *
 * @typedef {{ order: string } | { trace: string } | { key: string, customerId: string }} Question
 */

const orderId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const traceId = /^[0-9a-f]{32}$/i
const traceparent = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/i

/**
 * Finds out what a pasted text is. With a customer it is a key, whatever it looks like: many clients use UUIDs as keys.
 *
 * @param {string} text
 * @param {string} customerId
 * @returns {Question | 'customerIsMissing' | undefined} undefined for an empty text
 */
export function readQuestion(text, customerId) {
	const asked = text.trim()
	const customer = customerId.trim()
	if (asked === '') return undefined
	if (customer !== '') return { key: unquoted(asked), customerId: customer }
	if (orderId.test(asked)) return { order: asked.toLowerCase() }
	const trace = traceparent.exec(asked)?.[1] ?? (traceId.test(asked) ? asked : undefined)
	if (trace !== undefined) return { trace: trace.toLowerCase() }
	return 'customerIsMissing'
}

/**
 * The question that an address names.
 *
 * @param {URLSearchParams} query
 * @returns {Question | undefined}
 */
export function questionOf(query) {
	const [order, trace, key, customerId] = ['order', 'trace', 'key', 'customerId'].map((name) => query.get(name) ?? '')
	if (order) return { order }
	if (trace) return { trace }
	if (key && customerId) return { key, customerId }
	return undefined
}

/** A key may stand in quotation marks, as in its header. @param {string} key */
function unquoted(key) {
	return /^"(.+)"$/.exec(key)?.[1] ?? key
}
