import { randomUUID } from 'node:crypto'
import { signToken } from '@mercat/service/tokens'
import { customers, tokenIssuer } from '../running/shop.ts'

/** The requests of a load. */
export type Wish =
	/** Places orders of these SKUs, one to three items each, or one item when there is one SKU. Customers take turns. */
	| { place: string[] }
	/** Reads the orders with these ids in turn. The order at an index belongs to the customer at the same index. */
	| { read: string[] }

const lifetimeMs = 24 * 3_600_000

/** Returns a function that gives the text of the next request. Every order has an idempotency key of its own. */
export function httpRequests(wish: Wish, secret: string): () => string {
	const authorizations = authorizationsWith(secret)
	return 'place' in wish ? placements(wish.place, authorizations) : reads(wish.read, authorizations)
}

// Customers keep their tokens in all rounds.
const authorizationsBySecret = new Map<string, string[]>()

function authorizationsWith(secret: string): string[] {
	const known = authorizationsBySecret.get(secret)
	if (known !== undefined) return known
	const authorizations = customers.map((customer) => authorizationOf(customer, secret))
	authorizationsBySecret.set(secret, authorizations)
	return authorizations
}

/** The `authorization` header of a customer. */
export function authorizationOf(customer: string, secret: string): string {
	const token = signToken(
		{ ...tokenIssuer, secret },
		{ subject: customer, scope: 'orders:read orders:write', lifetimeMs },
	)
	return `Bearer ${token}`
}

function placements(skus: string[], authorizations: string[]): () => string {
	const bodies = Array.from({ length: 3 * skus.length }, (_, index) => orderBody(skus, index))
	const run = randomUUID()
	let count = 0
	return () => {
		const index = count++
		const body = bodies[index % bodies.length] as string
		return (
			`POST /v1/orders HTTP/1.1\r\nhost: bench\r\nauthorization: ${authorizations[index % authorizations.length]}\r\n` +
			`content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` +
			`idempotency-key: ${run}/${index}\r\n\r\n${body}`
		)
	}
}

// Large enough that concurrent orders rarely share a SKU.
const stride = 331

function orderBody(skus: string[], index: number): string {
	const itemCount = skus.length === 1 ? 1 : 1 + (index % 3)
	const items = Array.from({ length: itemCount }, (_, item) => {
		return { sku: skus[(index * 7 + item * stride) % skus.length], quantity: 1 }
	})
	return JSON.stringify({ items })
}

function reads(ids: string[], authorizations: string[]): () => string {
	const requests = ids.map((id, index) => {
		const authorization = authorizations[index % authorizations.length]
		return `GET /v1/orders/${id} HTTP/1.1\r\nhost: bench\r\nauthorization: ${authorization}\r\n\r\n`
	})
	let count = 0
	return () => requests[count++ % requests.length] as string
}
