import type { OrderWrite } from '../src/placing/place-order.ts'

/** The trace of a request. */
export const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
export const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'

/** An order of the customer ann, to be written within a minute. */
export function orderWrite(id: string, reference: string, traceparent?: string): OrderWrite {
	const order = {
		id,
		customerId: 'ann',
		idempotencyKey: id,
		fingerprint: Buffer.alloc(32, reference).toString('hex'),
		items: [{ sku: 'CUP', title: 'A cup', quantity: 1, amountMinor: 100 }],
		currency: 'EUR',
		totalMinor: 100,
		details: { reference },
	}
	return { order, notAfter: Date.now() + 60_000, traceparent }
}

/** An order whose event has about 80 KB. */
export function largeOrderWrite(id: string): OrderWrite {
	const { order, notAfter } = orderWrite(id, 'large')
	const items = Array.from({ length: 200 }, (_, index) => {
		return { sku: `CUP-${index}`, title: 'A cup '.repeat(45).trim(), quantity: 1, amountMinor: 100 }
	})
	return { order: { ...order, items, totalMinor: 100 * items.length }, notAfter }
}
