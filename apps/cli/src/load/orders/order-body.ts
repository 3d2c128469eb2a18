import type { OrderRequest } from '@mercat/order-api/order-request'
import type { Request } from './order-plan.ts'
import type { Shelf } from './shelf.ts'

const mostItems = 4
const mostQuantity = 3

/** The body of an order of some products on the shelf. Undefined when there is nothing to order. */
export function orderBody(
	request: Request,
	shelf: Shelf,
	reference: string,
	random: () => number = Math.random,
): OrderRequest | undefined {
	const upTo = (most: number): number => 1 + Math.floor(most * random())
	const products = shelf.pick(upTo(mostItems))
	if (products.length === 0) return undefined
	const items: OrderRequest['items'] = products.map(({ sku }) => ({ sku, quantity: upTo(mostQuantity) }))
	const body = { items, reference, shippingAddress }
	switch (request) {
		case 'soldOut': {
			const tooMany = shelf.pickTooMany()
			return tooMany === undefined ? body : { ...body, items: [...items.slice(1), tooMany] }
		}
		case 'unknownSku':
			return { ...body, items: [...items, { sku: 'NO-SUCH-PRODUCT', quantity: 1 }] }
		case 'changedPrice':
			return {
				...body,
				items: products.map(({ sku, price }) => ({
					sku,
					quantity: 1,
					expectedUnitPrice: { ...price, amountMinor: price.amountMinor + 100 },
				})),
			}
		case 'order':
		case 'repeated':
		case 'reusedKey':
			return body
	}
}

const shippingAddress = {
	name: 'Ada Example',
	line1: '1 Harbour Street',
	city: 'Lisbon',
	postalCode: '1100-001',
	country: 'PT',
}
