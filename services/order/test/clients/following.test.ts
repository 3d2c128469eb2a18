import { createMercat, followEvents, listEvents, watchProducts, watchStatus } from '@mercat/client'
import { eventually } from '@mercat/testing/eventually'
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

const openReader = (scope = 'events:read') => createMercat({ baseUrl: proxy.url, token: token(newCustomer(), scope) })
const placeOne = async (customer: string, sku: string) =>
	(await services.place(orderOf(sku), { customer })).body.id as string

test('a follower misses no event and has none twice, however often its stream is cut', async () => {
	const customerId = newCustomer()
	const sku = await services.catalog.createProduct()
	const client = openReader()
	const { data: page } = await listEvents({ client, query: { after: 'now' } })
	const placed: string[] = [await placeOne(customerId, sku)]
	const troubles: string[] = []
	const events = followEvents({
		client,
		query: { after: page.next, customerId },
		onTrouble: ({ message }) => troubles.push(message),
	})
	const followed: string[] = []
	for await (const { event, position } of events) {
		followed.push(event.subject)
		expect(position).toBe(events.position)
		if (followed.length === 3) break
		placed.push(await placeOne(customerId, sku))
		proxy.cutStreams()
	}
	expect(followed).toEqual(placed)
	expect(troubles.length).toBeGreaterThanOrEqual(1)

	const later = await placeOne(customerId, sku)
	for await (const { event } of events) {
		expect(event.subject).toBe(later)
		break
	}
})

test('a follower that may not read events gets the problem', async () => {
	const follow = async () => {
		for await (const _ of followEvents({ client: openReader('orders:read') })) expect.unreachable()
	}
	await expect(follow()).rejects.toMatchObject({ name: 'ProblemError', code: 'FORBIDDEN' })
})

test('a signal ends the iteration, and the connection with it', async () => {
	const leaving = new AbortController()
	const events = followEvents({ client: openReader(), query: { after: 'now' }, signal: leaving.signal })
	const reading = (async () => {
		for await (const _ of events) expect.unreachable()
	})()
	await eventually(() => expect(events.position).toBeDefined())
	leaving.abort()
	await reading
	await eventually(() => expect(proxy.openStreams()).toBe(0))
})

test('a watch of products begins without changes, and goes on after a cut', async () => {
	const sku = await services.catalog.createProduct({ title: 'One' })
	const client = createMercat({ baseUrl: proxy.url })
	const messages = watchProducts({ client, query: { skus: [sku], products: 'only' } })
	const told: (string | undefined)[] = []
	for await (const message of messages) {
		if (message.type === 'reset') continue
		told.push(...message.changes.map(({ product }) => product?.state))
		if (told.at(-1) === 'ARCHIVED') break
		if (told.length === 0 || told.at(-1) === 'ACTIVE') {
			await services.catalog.archiveProduct(sku)
			proxy.cutStreams()
		}
	}
	expect(told.at(-1)).toBe('ARCHIVED')
})

test('a watch of the status tells each status once', async () => {
	const times: string[] = []
	for await (const { at } of watchStatus({ client: openReader('orders:manage') })) {
		times.push(at)
		if (times.length === 2) proxy.cutStreams()
		if (times.length === 4) break
	}
	expect(times).toEqual([...new Set(times)].sort())
})
