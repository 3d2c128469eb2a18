import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openDatabase } from '@mercat/database/database'
import { orderOf, startServices } from '@mercat/order/testing/start-services'
import { token } from '@mercat/order/testing/tokens'
import { eventually } from '@mercat/testing/eventually'
import { createTestDatabase } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { EventsUnavailableError } from '../../src/sales/events-log.ts'
import { createOrderEventsClient } from '../../src/sales/order-events-client.ts'

const reader = () => token('service:market', 'events:read')
const { signal } = new AbortController()

async function answering(status: number, body: string, headers: Record<string, string> = {}) {
	const server = createServer((_request, response) => response.writeHead(status, headers).end(body))
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	return {
		address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		async [Symbol.asyncDispose]() {
			await new Promise((resolve) => server.close(resolve))
		},
	}
}

test('the log is read in pages, and places that it does not have are told', async () => {
	await using database = await createTestDatabase('postgres')
	await using catalog = await createTestDatabase('postgres')
	const urls = { databaseUrl: database.url, catalogDatabaseUrl: catalog.url }
	{
		await using services = await startServices('postgres', urls)
		const sku = await services.catalog.createProduct()
		for (let order = 0; order < 4; order++) await services.place(orderOf(sku))
		const read = createOrderEventsClient({ address: services.url, token: reader })
		await eventually(async () => expect(await read('now', 1, signal)).toMatchObject({ next: 4 }))
		expect(await read('beginning', 2, signal)).toMatchObject({
			kind: 'page',
			events: [{ position: '1' }, { position: '2' }],
			next: 2,
			caughtUp: false,
		})
		expect(await read(3, 2, signal)).toMatchObject({ events: [{ position: '4' }], next: 4, caughtUp: true })
		expect(await read('now', 2, signal)).toMatchObject({ events: [], next: 4, caughtUp: true })
		expect(await read(5, 2, signal)).toEqual({ kind: 'beyondEnd' })
		const stranger = createOrderEventsClient({ address: services.url, token: () => token('alice') })
		await expect(stranger(0, 2, signal)).rejects.toThrow('the log of events answered 403 FORBIDDEN')
	}
	await using opened = await openDatabase(database.url)
	await opened.query('delete from event where position < 4')
	await opened.query('update event_log set pruned_before = clock_timestamp()')
	await using services = await startServices('postgres', urls)
	const read = createOrderEventsClient({ address: services.url, token: reader })
	expect(await read(2, 2, signal)).toEqual({ kind: 'expired', first: 4 })
	expect(await read(3, 2, signal)).toMatchObject({ kind: 'page', next: 4 })
})

test('a refusal tells how long to wait', async () => {
	await using busy = await answering(429, '{"code":"RATE_LIMITED"}', { 'retry-after': '7' })
	const read = createOrderEventsClient({ address: busy.address, token: reader })
	const error = await read(0, 1, signal).catch((error: unknown) => error)
	expect(error).toBeInstanceOf(EventsUnavailableError)
	expect(error).toMatchObject({ message: 'the log of events answered 429 RATE_LIMITED', retryAfterMs: 7_000 })
})

test.each([
	['a page of another service', 200, '<html></html>'],
	['JSON of another form', 200, '{"events":[]}'],
	['an error of a proxy', 502, 'Bad Gateway'],
])('%s is no page of the log', async (_, status, body) => {
	await using other = await answering(status, body)
	const read = createOrderEventsClient({ address: other.address, token: reader })
	await expect(read(0, 1, signal)).rejects.toThrow(
		`the log of events answered ${status}, and not as the order service does`,
	)
})

test('the token goes to no other server', async () => {
	await using other = await answering(302, '', { location: 'http://127.0.0.1:9/' })
	const read = createOrderEventsClient({ address: other.address, token: reader })
	await expect(read(0, 1, signal)).rejects.toThrow()
})

test('a call ends when nobody wants its answer any more', async () => {
	const server = createServer(() => {})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
	const slow = createOrderEventsClient({ address, token: reader, timeoutMs: 50 })
	await expect(slow(0, 1, signal)).rejects.toMatchObject({ name: 'TimeoutError' })
	const stop = new AbortController()
	const call = createOrderEventsClient({ address, token: reader })(0, 1, stop.signal)
	stop.abort()
	await expect(call).rejects.toMatchObject({ name: 'AbortError' })
	server.closeAllConnections()
	await new Promise((resolve) => server.close(resolve))
})
