import { randomUUID } from 'node:crypto'
import { signToken } from '@mercat/service/tokens'
import { customers, tokenIssuer } from '../shop.ts'

export type HttpRequest = {
	method: 'GET' | 'POST'
	path: string
	headers: Record<string, string>
	body?: string
}

/** What is asked for, again and again. */
export type Wish =
	/** Orders of these skus: one to three items each, or one item when there is one sku; customers take turns. */
	| { place: string[] }
	/** Orders by their ids, each by the customer of the same place in turn. */
	| { read: string[] }

const lifetimeMs = 24 * 3_600_000

/** Gives one request after another; no two orders have the same idempotency key. */
export function httpRequests(wish: Wish, secret: string): () => HttpRequest {
	const authorizations = customers.map((subject) => {
		const token = signToken({ ...tokenIssuer, secret }, { subject, scope: 'orders:read orders:write', lifetimeMs })
		return `Bearer ${token}`
	})
	return 'place' in wish ? placements(wish.place, authorizations) : reads(wish.read, authorizations)
}

function placements(skus: string[], authorizations: string[]): () => HttpRequest {
	const bodies = Array.from({ length: 3 * skus.length }, (_, index) => orderBody(skus, index))
	const run = randomUUID()
	let count = 0
	return () => {
		const index = count++
		return {
			method: 'POST',
			path: '/v1/orders',
			headers: {
				authorization: authorizations[index % authorizations.length] as string,
				'content-type': 'application/json',
				'idempotency-key': `${run}/${index}`,
			},
			body: bodies[index % bodies.length],
		}
	}
}

// Far enough apart that orders of the same moment rarely share a sku.
const stride = 331

function orderBody(skus: string[], index: number): string {
	const itemCount = skus.length === 1 ? 1 : 1 + (index % 3)
	const items = Array.from({ length: itemCount }, (_, item) => {
		return { sku: skus[(index * 7 + item * stride) % skus.length], quantity: 1 }
	})
	return JSON.stringify({ items })
}

function reads(ids: string[], authorizations: string[]): () => HttpRequest {
	const requests = ids.map((id, index): HttpRequest => {
		const authorization = authorizations[index % authorizations.length] as string
		return { method: 'GET', path: `/v1/orders/${id}`, headers: { authorization } }
	})
	let count = 0
	return () => requests[count++ % requests.length] as HttpRequest
}
