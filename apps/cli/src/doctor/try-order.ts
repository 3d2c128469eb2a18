import { randomUUID } from 'node:crypto'
import { getAnswer } from './get-answer.ts'

/**
 * Orders a product that does not exist, which the catalog refuses and nobody stores. Only a call for stock shows whether
 * the catalog accepts the token of the order service.
 */
export async function tryOrder(url: string, token: string): Promise<{ fault?: string; note?: string }> {
	const body = { items: [{ sku: `DOCTOR-${randomUUID()}`, quantity: 1 }] }
	const post = { headers: { 'idempotency-key': randomUUID() }, body }
	const answer = await getAnswer(`${url}/v1/orders`, { token, post })
	if ('trouble' in answer) return { fault: `it did not answer a test order (${answer.trouble}): read its log` }
	const { status, text } = answer
	if (text.includes('"UNKNOWN_PRODUCT"')) return {}
	if (status === 403)
		return { note: 'whether the catalog accepts its token was not tried, as MERCAT_TOKEN lacks the scope orders:write' }
	if (text.includes('"CATALOG_ERROR"'))
		return {
			fault:
				'the catalog refuses its calls: CATALOG_TOKEN of the order service must be a token that the catalog accepts, with the scope stock:reserve; without it JWT_SECRET, JWT_ISSUER and JWT_AUDIENCE of both must be the same. Read the log of the order service',
		}
	return { fault: `it answered a test order with ${status}: read its log` }
}
