import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { LRUCache } from 'lru-cache'
import type { Money, OrderRequest, RequestedItem } from './order.ts'
import type { PlaceOrderCommand } from './place-order.ts'
import { type FieldError, Problem } from './problems.ts'

const largestQuantity = 10_000

/**
 * What a customer asks for by a schema-valid body, under the id that the key gives it.
 *
 * @throws Problem INVALID_REQUEST when one sku is expected at two prices, or sums to too many
 */
export function placeOrderCommand(customerId: string, idempotencyKey: string, body: OrderRequest): PlaceOrderCommand {
	const request = normalizeOrderRequest(body)
	const id = orderIdOf(customerId, idempotencyKey)
	return { id, customerId, idempotencyKey, fingerprint: fingerprintOf(request), request }
}

/** A schema-valid request with equal skus summed and items sorted by sku.
 *
 * @throws Problem INVALID_REQUEST when one sku is expected at two prices, or sums to too many
 */
export function normalizeOrderRequest(request: OrderRequest): OrderRequest {
	const items = new Map<string, RequestedItem>()
	const errors: FieldError[] = []
	request.items.forEach((item, index) => {
		const merged = items.get(item.sku) ?? { sku: item.sku, quantity: 0 }
		const price = item.expectedUnitPrice ?? merged.expectedUnitPrice
		if (price && merged.expectedUnitPrice && !isSameMoney(price, merged.expectedUnitPrice)) {
			errors.push({
				pointer: `#/items/${index}/expectedUnitPrice`,
				code: 'conflict',
				detail: `another item expects another price for ${item.sku}`,
			})
		}
		const quantity = merged.quantity + item.quantity
		if (quantity > largestQuantity) {
			errors.push({
				pointer: `#/items/${index}/quantity`,
				code: 'maximum',
				detail: `more than ${largestQuantity} of ${item.sku} in all`,
			})
		}
		items.set(item.sku, price ? { sku: item.sku, quantity, expectedUnitPrice: price } : { sku: item.sku, quantity })
	})
	if (errors.length > 0) throw new Problem('INVALID_REQUEST', { errors })
	return { ...request, items: [...items.values()].sort((a, b) => (a.sku < b.sku ? -1 : 1)) }
}

/** SHA-256 of a normalized request in canonical JSON (RFC 8785), in hexadecimal: equal for requests that ask for the same. */
export function fingerprintOf({ items, ...details }: OrderRequest): string {
	// All that most requests have is items, and their members are easily put in order; every other name comes after theirs.
	const inOrder = items.map(({ expectedUnitPrice: price, quantity, sku }) => {
		return { expectedUnitPrice: price && { amountMinor: price.amountMinor, currency: price.currency }, quantity, sku }
	})
	const others = (canonicalize(details) as string).slice(1)
	return hash('sha256', `{"items":${JSON.stringify(inOrder)}${others === '}' ? '' : ','}${others}`)
}

// Never changes: an order's id must come out the same for ever.
const namespace = '6f1c0f3e-5e0b-5c52-9f3a-4d1f5b1f7a51'
// The namespace of each customer, of whom most order again before long.
const customerNamespaces = new LRUCache<string, Buffer>({
	max: 10_000,
	memoMethod: (customerId) => bytesOf(uuidv5(customerId, bytesOf(namespace))),
})

/** The id that a customer's key gives its order, known before the order exists (RFC 9562, UUIDv5). */
export function orderIdOf(customerId: string, idempotencyKey: string): string {
	return uuidv5(idempotencyKey, customerNamespaceOf(customerId))
}

/** The UUIDv5 of a customer, in which the ids of its orders are. */
export function customerNamespaceOf(customerId: string): Buffer {
	return customerNamespaces.memo(customerId)
}

function uuidv5(name: string, space: Buffer): string {
	const id = hash('sha1', Buffer.concat([space, Buffer.from(name)]))
	const variant = ((Number.parseInt(id.charAt(16), 16) & 0x3) | 0x8).toString(16)
	return `${id.slice(0, 8)}-${id.slice(8, 12)}-5${id.slice(13, 16)}-${variant}${id.slice(17, 20)}-${id.slice(20, 32)}`
}

function bytesOf(uuid: string): Buffer {
	return Buffer.from(uuid.replaceAll('-', ''), 'hex')
}

function isSameMoney(a: Money, b: Money): boolean {
	return a.amountMinor === b.amountMinor && a.currency === b.currency
}
