import { hash } from 'node:crypto'
import { type FieldError, Problem } from '@mercat/order-api/problems'
import type { Money, OrderRequest, RequestedItem } from '@mercat/order-api/schemas'
import canonicalize from 'canonicalize'
import { orderIdOf } from '../order/order-id.ts'
import type { PlaceOrderCommand } from './place-order.ts'

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

function isSameMoney(a: Money, b: Money): boolean {
	return a.amountMinor === b.amountMinor && a.currency === b.currency
}
