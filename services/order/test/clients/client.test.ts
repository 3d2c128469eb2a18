import {
	cancelOrder,
	createMercat,
	getOrder,
	isProblem,
	listOrders,
	type OutOfStockProblem,
	ProblemError,
	pagesOf,
	placeOrder,
	shipOrder,
} from '@mercat/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newCustomer, orderOf, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { type CuttingProxy, startCuttingProxy } from './cutting-proxy.ts'

let services: Services
let proxy: CuttingProxy
beforeAll(async () => {
	services = await startServices('postgres')
	proxy = await startCuttingProxy(services.url)
})
afterAll(async () => {
	await proxy[Symbol.asyncDispose]()
	await services[Symbol.asyncDispose]()
})

const openClient = (url = services.url) => createMercat({ baseUrl: url, token: token(newCustomer()) })
const thrownBy = (call: Promise<unknown>): Promise<unknown> =>
	call.then(
		() => expect.unreachable(),
		(error) => error,
	)

test('a client places an order without a word about keys, and reads it', async () => {
	const client = openClient()
	const sku = await services.catalog.createProduct()
	const placed = await placeOrder({ client, body: { items: [{ sku, quantity: 1 }] } })
	expect(placed.response.headers.get('location')).toBe(`/v1/orders/${placed.data.id}`)
	const read = await getOrder({ client, path: { id: placed.data.id } })
	expect(read.data).toEqual(placed.data)
})

test('two calls are two orders, and two calls with one key are one', async () => {
	const client = openClient()
	const body = orderOf(await services.catalog.createProduct())
	const first = await placeOrder({ client, body })
	expect((await placeOrder({ client, body })).data.id).not.toBe(first.data.id)
	const headers = { 'idempotency-key': 'basket-1' }
	const second = await placeOrder({ client, headers, body })
	expect((await placeOrder({ client, headers, body })).data.id).toBe(second.data.id)
})

test('an order whose answer is cut is placed once: the next attempt gets it', async () => {
	const body = orderOf(await services.catalog.createProduct())
	const sent = proxy.count('POST')
	proxy.cutNext('POST')
	const { data, response } = await placeOrder({ client: openClient(proxy.url), body })
	expect(proxy.count('POST') - sent).toBe(2)
	expect(response.headers.get('idempotent-replayed')).toBe('true')
	expect((await services.catalog.stockOf(body.items[0]?.sku ?? ''))?.held).toBe(1)
	expect(data.status).toBe('placed')
})

test('all pages of a list follow each other', async () => {
	const client = openClient()
	const body = orderOf(await services.catalog.createProduct())
	const placed: string[] = []
	for (let count = 0; count < 3; count++) placed.unshift((await placeOrder({ client, body })).data.id)
	const listed: string[][] = []
	for await (const { orders } of pagesOf((pageToken) => listOrders({ client, query: { pageSize: 2, pageToken } }))) {
		listed.push(orders.map(({ id }) => id))
	}
	expect(listed).toEqual([placed.slice(0, 2), placed.slice(2)])
})

test('a client cancels an order without a body', async () => {
	const client = openClient()
	const { data: placed } = await placeOrder({ client, body: orderOf(await services.catalog.createProduct()) })
	// The types are a part of the test: a call without a body compiles.
	const { data } = await cancelOrder({ client, path: { id: placed.id } })
	expect(data.status).toBe('cancelled')
})

test('a problem is thrown with its members, and its code tells which they are', async () => {
	const sku = await services.catalog.createProduct({ onHand: 3 })
	const error = await thrownBy(placeOrder({ client: openClient(), body: { items: [{ sku, quantity: 5 }] } }))
	if (!isProblem(error, 'OUT_OF_STOCK', 'PRICE_CHANGED')) throw error
	if (error.code === 'PRICE_CHANGED') throw error
	// The types are a part of the test: `items` has quantities only in this problem.
	const items: OutOfStockProblem['items'] = error.items
	expect(items).toEqual([{ sku, requested: 5, available: 3 }])
	expect(error).toBeInstanceOf(ProblemError)
	expect(error.message).toMatch(/^OUT_OF_STOCK: /)
	expect([error.status, error.traceId]).toEqual([409, expect.stringMatching(/^[0-9a-f]{32}$/)])
	expect(isProblem(error)).toBe(true)
	expect(isProblem(error, 'ORDER_NOT_FOUND')).toBe(false)
	expect(isProblem(new Error('another one'))).toBe(false)
})

test('a call that does not throw tells the problems of its operation apart', async () => {
	const id = '00000000-0000-0000-0000-000000000000'
	const { error } = await getOrder({ client: openClient(), path: { id }, throwOnError: false })
	if (error?.code !== 'ORDER_NOT_FOUND') throw error
	// @ts-expect-error this problem has no items
	expect(error.items).toBeUndefined()
	const client = createMercat({ baseUrl: services.url, token: async () => token('clerk', 'orders:manage') })
	expect((await shipOrder({ client, path: { id }, body: { reference: 'p' }, throwOnError: false })).error?.code).toBe(
		'ORDER_NOT_FOUND',
	)
})

test('an answer that is no problem is one of the code UNKNOWN', async () => {
	const client = createMercat({
		baseUrl: 'http://shop.test',
		fetch: async () => new Response('<h1>Not here</h1>', { status: 404, statusText: 'Not Found' }),
	})
	const error = await thrownBy(getOrder({ client, path: { id: '1' } }))
	expect(error).toMatchObject({ code: 'UNKNOWN', status: 404, title: 'Not Found', instance: '/v1/orders/1' })
})
