import type { OrderRequest, RequestedItem } from '@mercat/order-api/order-request'
import type { Money } from '@mercat/rest-api/money'
import { type FieldError, Problem } from '@mercat/rest-api/problem'
import { orderIdOf } from '../order/order-id.ts'
import { addressErrors } from './address-errors.ts'
import { fingerprintOf } from './fingerprint.ts'
import type { PlaceOrderCommand } from './place-order.ts'

const largestQuantity = 10_000

/**
 * The command to place an order, from a body that fits the schema.
 *
 * @throws Problem INVALID_REQUEST, see {@link normalizeOrderRequest}
 */
export function placeOrderCommand(customerId: string, idempotencyKey: string, body: OrderRequest): PlaceOrderCommand {
	const request = normalizeOrderRequest(body)
	const id = orderIdOf(customerId, idempotencyKey)
	return { id, customerId, idempotencyKey, fingerprint: fingerprintOf(request), request }
}

/**
 * A request with one item for each sku, sorted by sku, from a request that fits the schema.
 *
 * @throws Problem INVALID_REQUEST when items of one sku expect different prices or have too large a quantity together
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
				detail: `must be the same for every item of ${item.sku}`,
			})
		}
		const quantity = merged.quantity + item.quantity
		if (quantity > largestQuantity) {
			errors.push({
				pointer: `#/items/${index}/quantity`,
				code: 'maximum',
				detail: `must be at most ${largestQuantity} in all items of ${item.sku}`,
			})
		}
		items.set(item.sku, price ? { sku: item.sku, quantity, expectedUnitPrice: price } : { sku: item.sku, quantity })
	})
	if (errors.length > 0) {
		throw new Problem('INVALID_REQUEST', { errors: [...errors, ...addressErrors(request.shippingAddress)] })
	}
	return { ...request, items: [...items.values()].sort((a, b) => (a.sku < b.sku ? -1 : 1)) }
}

function isSameMoney(a: Money, b: Money): boolean {
	return a.amountMinor === b.amountMinor && a.currency === b.currency
}
