import { setTimeout as sleep } from 'node:timers/promises'
import type { OrderView } from '@mercat/order-api/order-schemas'

/** The final answer to a request, and how many times it was sent. */
export type Settled = {
	status: number
	body: OrderView & { code?: string }
	attempts: number
	/** Whether an earlier copy had placed the order. */
	replayed?: boolean
}

export type Attempt = {
	url: string
	token: string
	key: string
	items: { sku: string; quantity: number }[]
	/** The connection is destroyed when there is no answer after this time. */
	breakOffAfterMs?: number
}

const attemptTimeoutMs = 10_000
const giveUpAfterMs = 180_000

// A 408 is no answer to the order: on a busy machine a request may arrive too late.
const isUnsettled = (status: number) => status >= 500 || status === 408

/** Sends an order once. Throws when the connection breaks. */
export async function sendOrder({ url, token, key, items, breakOffAfterMs }: Attempt): Promise<Settled> {
	const response = await fetch(`${url}/v1/orders`, {
		method: 'POST',
		headers: { authorization: `Bearer ${token}`, 'idempotency-key': key, 'content-type': 'application/json' },
		body: JSON.stringify({ items }),
		signal: AbortSignal.timeout(breakOffAfterMs ?? attemptTimeoutMs),
	})
	const replayed = response.headers.get('idempotent-replayed') === 'true'
	return { status: response.status, body: (await response.json()) as Settled['body'], attempts: 1, replayed }
}

/**
 * Places an order as the contract tells clients to: repeats the request with the same key after a 5xx, a 408 or a broken
 * connection, until another answer settles it.
 */
export async function placeOrder(attempt: () => Attempt): Promise<Settled> {
	const giveUpAt = performance.now() + giveUpAfterMs
	for (let attempts = 1; ; attempts++) {
		const settled = await sendOrder(attempt()).catch(() => undefined)
		if (settled !== undefined && !isUnsettled(settled.status)) return { ...settled, attempts }
		if (performance.now() > giveUpAt)
			throw new Error(`no answer after ${attempts} attempts: ${settled?.status} ${settled?.body.code}`)
		await sleep(50 + Math.random() * 150)
	}
}

/** Makes a transition of an order. Repeats the request as {@link placeOrder} does. */
export async function transition(
	url: () => string,
	token: string,
	id: string,
	action: string,
	reference = 'ref',
): Promise<Settled> {
	const giveUpAt = performance.now() + giveUpAfterMs
	for (let attempts = 1; ; attempts++) {
		try {
			const response = await fetch(`${url()}/v1/orders/${id}/${action}`, {
				method: 'POST',
				headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
				body: action === 'cancel' ? '{}' : JSON.stringify({ reference }),
				signal: AbortSignal.timeout(attemptTimeoutMs),
			})
			const body = (await response.json()) as Settled['body']
			if (!isUnsettled(response.status)) return { status: response.status, body, attempts }
		} catch {
			// The connection broke. The next attempt tells whether the request has succeeded.
		}
		if (performance.now() > giveUpAt) throw new Error(`${action} of ${id} was never answered`)
		await sleep(50 + Math.random() * 150)
	}
}
