import type { OrderEvent } from '@mercat/order-api/event-schemas'
import { eventTypeOf } from '@mercat/order-api/event-types'
import type { OrderRequest } from '@mercat/order-api/order-request'
import type { History, OrderView } from '@mercat/order-api/order-schemas'
import type { OrderStatus } from '@mercat/order-api/order-status'

type Transition = History['history'][number]

export const orderId = '02f0280c-88b7-5fbd-ab71-18fb945feacb'
const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
const placedAt = '2026-11-29T02:07:45.778Z'
const expiresAt = '2026-11-29T02:22:45.778Z'

// Each transition leads to the one that its `from` names, and so back to the beginning.
const transitions: Record<OrderStatus, Transition> = {
	placed: { from: null, to: 'placed', when: placedAt, who: 'demo' },
	paid: { from: 'placed', to: 'paid', when: '2026-11-29T02:09:12.004Z', who: 'cashier', reference: 'payment-77' },
	shipped: { from: 'paid', to: 'shipped', when: '2026-11-30T07:01:30.510Z', who: 'clerk', reference: 'parcel-4340' },
	delivered: {
		from: 'shipped',
		to: 'delivered',
		when: '2026-12-02T11:20:08.250Z',
		who: 'clerk',
		reference: 'receipt-4340',
	},
	cancelled: { from: 'placed', to: 'cancelled', when: '2026-11-29T02:10:31.377Z', who: 'demo', why: 'Ordered twice' },
	expired: { from: 'placed', to: 'expired', when: expiresAt, who: 'system:expiry', why: 'not paid in time' },
}

/** The request that places the example of an order. */
export const exampleRequest: OrderRequest = {
	items: [{ sku: 'MUG-STONE-350', quantity: 2 }],
	shippingAddress: {
		name: 'Ada Byron',
		line1: 'Carrer de Mallorca 401',
		city: 'Barcelona',
		postalCode: '08013',
		country: 'ES',
	},
	reference: 'cart-1042',
	metadata: { channel: 'web' },
}

/** The example of an order, as it is in a status. */
export function exampleOrder(status: OrderStatus): OrderView {
	const { items, ...details } = exampleRequest
	const unitPrice = { amountMinor: 1290, currency: 'EUR' }
	const total = { amountMinor: 2580, currency: 'EUR' }
	return {
		id: orderId,
		status,
		customerId: 'demo',
		items: items.map((item) => ({ ...item, title: 'Stoneware mug, 350 ml', unitPrice, lineTotal: total })),
		total,
		...details,
		placedAt,
		updatedAt: transitions[status].when,
		expiresAt,
		version: exampleHistory(status).history.length,
	}
}

/** Its transitions until it is in a status. */
export function exampleHistory(status: OrderStatus): History {
	const last = transitions[status]
	const before = last.from === null ? [] : exampleHistory(last.from).history
	return { history: [...before, last] }
}

/** The event of the transition that led to a status. */
export function exampleEvent(status: OrderStatus): OrderEvent {
	const order = exampleOrder(status)
	const { when: _when, ...change } = transitions[status]
	return {
		specversion: '1.0',
		id: `msg_${order.id}_${order.version}`,
		source: '/v1/orders',
		type: eventTypeOf(status),
		subject: order.id,
		time: order.updatedAt,
		datacontenttype: 'application/json',
		// The service expires orders by itself.
		...(status !== 'expired' && { traceparent }),
		data: { ...order, change },
	}
}
