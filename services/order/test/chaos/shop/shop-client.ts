import { setTimeout as sleep } from 'node:timers/promises'
import type { OrderView } from '@mercat/order-api/order-schemas'

/** What a request came to in the end, and how many times it was sent. */
export type Settled = {
	status: number
	body: OrderView & { code?: string }
	attempts: number
	/** The order had been placed by an earlier copy. */
	replayed?: boolean
}

export type Attempt = {
	url: string
	token: string
	key: string
	items: { sku: string; quantity: number }[]
	/** The connection is destroyed, if there is no answer by then. */
	breakOffAfterMs?: number
}

const attemptTimeoutMs = 10_000
const giveUpAfterMs = 180_000

// A request that did not arrive in time was not looked at: a busy machine is enough for that.
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
 * Places an order as the contract tells clients to: what ends in a 5xx, in a 408 or in a broken connection is
 * sent again with the same key, until there is an answer that settles it.
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

/** One transition of an order, repeated like a placement. */
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
			// Broken off: whether it happened is found out by asking again.
		}
		if (performance.now() > giveUpAt) throw new Error(`${action} of ${id} was never answered`)
		await sleep(50 + Math.random() * 150)
	}
}
