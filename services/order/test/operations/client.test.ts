import { randomUUID } from 'node:crypto'
import { cancelOrder, getOrder, type OutOfStockProblem, placeOrder } from '@mercat/client'
import { createClient } from '@mercat/client/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newCustomer, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

let services: Services
beforeAll(async () => {
	services = await startServices('postgres')
})
afterAll(() => services[Symbol.asyncDispose]())

test('a generated client places an order and reads it', async () => {
	const client = createClient({ baseUrl: services.url, auth: token(newCustomer()) })
	const sku = await services.catalog.createProduct()
	const placed = await placeOrder({
		client,
		headers: { 'idempotency-key': randomUUID() },
		body: { items: [{ sku, quantity: 1 }] },
	})
	expect(placed.response?.headers.get('location')).toBe(`/v1/orders/${placed.data?.id}`)
	const read = await getOrder({ client, path: { id: placed.data?.id ?? '' } })
	expect(read.data).toEqual(placed.data)
})

test('a generated client cancels an order without a body', async () => {
	const client = createClient({ baseUrl: services.url, auth: token(newCustomer()) })
	const sku = await services.catalog.createProduct()
	const key = { 'idempotency-key': randomUUID() }
	const placed = await placeOrder({ client, headers: key, body: { items: [{ sku, quantity: 1 }] } })
	// The types are a part of the test: a call without a body compiles.
	const { data } = await cancelOrder({ client, path: { id: placed.data?.id ?? '' } })
	expect(data?.status).toBe('cancelled')
})

test('a generated client tells the problems apart by their code, and reads the items of OUT_OF_STOCK', async () => {
	const client = createClient({ baseUrl: services.url, auth: token(newCustomer()) })
	const sku = await services.catalog.createProduct({ onHand: 3 })
	const { error } = await placeOrder({
		client,
		headers: { 'idempotency-key': randomUUID() },
		body: { items: [{ sku, quantity: 5 }] },
	})
	if (error?.code !== 'OUT_OF_STOCK') throw new Error(`unexpected: ${error?.code}`)
	// The types are a part of the test: `items` exists only on this problem, and not on every problem.
	const items: OutOfStockProblem['items'] = error.items
	expect(items.map(({ available, requested }) => ({ available, requested }))).toEqual([{ available: 3, requested: 5 }])
	expect(items[0]?.sku).toBe(sku)
	// @ts-expect-error this problem has no list of skus
	expect(error.skus).toBeUndefined()
})
