const orderId = /(?<![\w-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-])/i
const traceId = /(?<![\w-])(?:[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}|([0-9a-f]{32}))(?![\w-])/i

/**
 * The first order id in a text.
 *
 * @param {string} text
 */
export function findOrderId(text) {
	return orderId.exec(text)?.[0].toLowerCase()
}

/**
 * The first trace id in a text, bare or in a `traceparent`.
 *
 * @param {string} text
 */
export function findTraceId(text) {
	const [, inTraceparent, bare] = traceId.exec(text) ?? []
	return (inTraceparent ?? bare)?.toLowerCase()
}
