import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eventually } from '@mercat/testing/eventually'
import { runMercat } from '@mercat/testing/run-mercat'
import getPort from 'get-port'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jwtSecret } from '../start-catalog.ts'
import { type Shop, startShop } from '../webhooks/start-shop.ts'
import { spawnLoad } from './spawn-load.ts'

const variables = { JWT_SECRET: jwtSecret }

let shop: Shop
beforeAll(async () => {
	shop = await startShop()
})
afterAll(() => shop[Symbol.asyncDispose]())

type OrderView = { id: string; status: string; customerId: string }

/** Every order of the shop, as staff sees it. */
async function allOrders(url = shop.url): Promise<OrderView[]> {
	const orders: OrderView[] = []
	let pageToken = ''
	do {
		const response = await fetch(`${url}/v1/orders?pageSize=100&pageToken=${pageToken}`, {
			headers: { authorization: `Bearer ${shop.token('orders:manage')}` },
		})
		const page = (await response.json()) as { orders: OrderView[]; nextPageToken: string }
		orders.push(...page.orders)
		pageToken = page.nextPageToken
	} while (pageToken !== '')
	return orders
}

function numberBefore(text: string, output: string): number {
	return Number(new RegExp(`(\\d+) ${text}`).exec(output)?.[1] ?? 0)
}

test('demo-load places as many orders as it says, for many customers, and gets refusals of each kind', async () => {
	const { exitCode, stdout } = await runMercat(
		['demo-load', '--rate', '40', '--for', '4s', '--orders', shop.url],
		variables,
	)
	expect(exitCode).toBe(0)
	const orders = await allOrders()
	expect(numberBefore('orders placed of 160 sent', stdout)).toBe(orders.length)
	expect(orders.length).toBeGreaterThan(120)
	expect(new Set(orders.map(({ customerId }) => customerId)).size).toBeGreaterThan(50)
	for (const code of ['OUT_OF_STOCK', 'UNKNOWN_PRODUCT', 'PRICE_CHANGED', 'IDEMPOTENCY_KEY_REUSED'])
		expect(numberBefore(code, stdout)).toBeGreaterThan(0)
	expect(numberBefore('repeated and answered with the same order', stdout)).toBeGreaterThan(4)
	expect(stdout).toMatch(/^0 errors$/m)
})

test('demo-load pays, cancels, ships and delivers orders, until Ctrl-C ends it with the summary and the exit code 0', async () => {
	const load = spawnLoad(['--rate', '20', '--orders', shop.url], variables)
	await eventually(async () => {
		const statuses = new Set((await allOrders()).map(({ status }) => status))
		expect([...statuses]).toEqual(expect.arrayContaining(['placed', 'paid', 'cancelled', 'shipped', 'delivered']))
	})
	load.interrupt()
	expect(await load.ended).toEqual([0, null])
	for (const state of ['orders placed of', 'paid', 'cancelled', 'shipped', 'delivered'])
		expect(numberBefore(state, load.stdout())).toBeGreaterThan(0)
})

test('demo-load with the token of a customer places its orders, and says that it may not pay them', async () => {
	const { exitCode, stdout, stderr } = await runMercat(
		['demo-load', '--rate', '10', '--for', '4s', '--orders', shop.url],
		{ MERCAT_TOKEN: shop.token('orders:write') },
	)
	expect(exitCode).toBe(0)
	expect(numberBefore('orders placed of', stdout)).toBeGreaterThan(10)
	expect(stderr).toContain('the token may not pay orders (FORBIDDEN): they stay as they are')
	expect((await allOrders()).some(({ customerId }) => customerId === 'alice')).toBe(true)
})

test('demo-load ends at once when the service refuses the token', async () => {
	const { exitCode, stderr } = await runMercat(['demo-load', '--rate', '10', '--orders', shop.url], {
		MERCAT_TOKEN: 'not-a-token',
	})
	expect(exitCode).toBe(1)
	expect(stderr).toContain('mercat: the order service refuses the token: UNAUTHENTICATED: ')
})

test('demo-load waits as Retry-After says, and counts the orders that it could not send', async () => {
	await using limited = await startShop({ env: { RATE_LIMIT: '5' } })
	const { stdout } = await runMercat(['demo-load', '--rate', '20', '--for', '3s', '--orders', limited.url], {
		MERCAT_TOKEN: shop.token('orders:write orders:manage'),
	})
	const limitedRequests = numberBefore('RATE_LIMITED', stdout)
	expect(limitedRequests).toBeGreaterThan(0)
	// Without the wait, each of the sixty orders would be a request.
	expect(limitedRequests).toBeLessThan(20)
	expect(numberBefore('not sent by the end', stdout)).toBeGreaterThan(20)
})

describe('without an order service', () => {
	test('demo-load says so, goes on until the time is over, and its exit code is 1', async () => {
		const url = `http://127.0.0.1:${await getPort()}`
		const { exitCode, stdout, stderr } = await runMercat(['demo-load', '--rate', '5', '--for', '2s', '--orders', url])
		expect(exitCode).toBe(1)
		expect(stderr).toMatch(/^mercat: the order service does not answer: connect ECONNREFUSED \S+; trying on$/m)
		expect(stdout).toMatch(/^0 orders placed of 0 sent in 2\.\d s.*\nno order was answered\n/)
		expect(stdout).toMatch(/^0 sent late, 10 not sent by the end$/m)
		expect(stdout).not.toContain('p50')
	})

	test.each([
		['<html>Not Found</html>', 404],
		['<html>Welcome</html>', 200],
		['{"error":"no such path"}', 404],
		['{"hello":"world"}', 200],
	])('demo-load tells that %s with the status %i is not an answer of the order service', async (body, status) => {
		await using server = await startWebServer(() => ({ body, status }))
		const { exitCode, stdout, stderr } = await runMercat([
			'demo-load',
			'--rate',
			'5',
			'--for',
			'1s',
			'--orders',
			server.url,
		])
		expect(exitCode).toBe(1)
		expect(stderr).toBe(
			`mercat: the order service does not answer: HTTP ${status}, not an answer of the order service; trying on\n`,
		)
		expect(stdout).toMatch(/^0 orders placed of 0 sent/)
	})

	test('demo-load counts the orders that a proxy answers with a page of its own, without latencies', async () => {
		const product = { sku: 'MUG', price: { amountMinor: 100, currency: 'EUR' }, availableQuantity: 1_000_000 }
		const products = JSON.stringify({ products: [product], nextPageToken: '' })
		await using server = await startWebServer(({ method }) =>
			method === 'GET' ? { body: products, status: 200 } : { body: '<html>Bad Gateway</html>', status: 502 },
		)
		const { stdout } = await runMercat(['demo-load', '--rate', '10', '--for', '2s', '--orders', server.url])
		expect(stdout).toMatch(/^0 orders placed of 20 sent in .*\nno order was answered\n/)
		expect(stdout).toMatch(/^20 errors: 20 HTTP 502$/m)
	})

	test('demo-load places orders when the order service comes', async () => {
		const port = await getPort()
		const load = spawnLoad(['--rate', '20', '--orders', `http://127.0.0.1:${port}`], variables)
		await eventually(() => expect(load.stderr()).toContain('does not answer'))
		await using late = await startShop({ env: { PORT: String(port) } })
		await eventually(async () => expect((await allOrders(late.url)).length).toBeGreaterThan(0))
		load.interrupt()
		expect(await load.ended).toEqual([0, null])
		expect(load.stderr()).toContain('mercat: the order service answers again\n')
	})
})

/** Some other web server than the order service. */
async function startWebServer(answer: (request: IncomingMessage) => { body: string; status: number }) {
	const server = createServer((request, response) => {
		const { body, status } = answer(request)
		response.writeHead(status, { 'content-type': body.startsWith('{') ? 'application/json' : 'text/html' }).end(body)
	})
	await once(server.listen(0, '127.0.0.1'), 'listening')
	const { port } = server.address() as AddressInfo
	return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

test.each([
	[[]],
	[['--rate', '0']],
	[['--rate', '1.5']],
	[['--rate', '10001']],
	[['--rate', '10', '--for', '1w']],
	[['--rate', '10', '--orders', 'shop']],
])('demo-load reports a usage error for the arguments %j', async (args) => {
	const { exitCode, stdout, stderr } = await runMercat(['demo-load', ...args])
	expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
	expect(stderr).toContain('Usage: mercat demo-load')
})
