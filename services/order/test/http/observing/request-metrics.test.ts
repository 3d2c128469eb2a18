import { randomUUID } from 'node:crypto'
import { Agent, request as httpRequest, METHODS } from 'node:http'
import { register } from '@mercat/service/metrics'
import { eventually } from '@mercat/testing/eventually'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exchange } from '../../exchange.ts'
import { newCustomer, orderOf, type Services, startServices } from '../../start-services.ts'
import { token } from '../../tokens.ts'

type Labels = Record<string, string>
type Sample = { labels: Labels; value: number; metricName?: string }

let services: Services
beforeAll(async () => {
	services = await startServices('postgres')
})
afterAll(() => services[Symbol.asyncDispose]())

async function samples(name: string): Promise<Sample[]> {
	const metric = await register.getSingleMetric(name)?.get()
	return (metric?.values ?? []) as Sample[]
}

/** How many requests with these labels were counted. */
async function counted(labels: Labels): Promise<number> {
	const fits = (sample: Sample) => Object.entries(labels).every(([name, value]) => sample.labels[name] === value)
	const counts = (await samples('http_server_request_duration_seconds')).filter(
		({ metricName }) => metricName === 'http_server_request_duration_seconds_count',
	)
	return counts.filter(fits).reduce((sum, { value }) => sum + value, 0)
}

async function orders(outcome: string): Promise<number> {
	return (await samples('mercat_orders_total')).find(({ labels }) => labels['outcome'] === outcome)?.value ?? 0
}

test('a placed, a replayed and a refused order are counted as the client saw them', async () => {
	const sku = await services.catalog.createProduct()
	const soldOut = await services.catalog.createProduct({ onHand: 0 })
	const again = { customer: newCustomer(), key: randomUUID() }
	const route = { http_request_method: 'POST', http_route: '/v1/orders', url_scheme: 'http', error_type: '' }
	const placed = await counted({ ...route, http_response_status_code: '201' })
	expect(await services.place(orderOf(sku), again)).toMatchObject({ status: 201 })
	expect(await services.place(orderOf(sku), again)).toMatchObject({ status: 201 })
	expect(await services.place(orderOf(soldOut))).toMatchObject({ status: 409 })
	expect(await services.request('POST', '/v1/orders', { body: orderOf(sku) })).toMatchObject({ status: 401 })
	await eventually(async () => {
		expect(await counted({ ...route, http_response_status_code: '201' })).toBe(placed + 2)
		expect(await counted({ ...route, http_response_status_code: '409' })).toBe(1)
		expect(await counted({ ...route, http_response_status_code: '401' })).toBe(1)
		const outcomes = ['placed', 'replayed', 'OUT_OF_STOCK', 'UNAUTHENTICATED'].map(orders)
		expect(await Promise.all(outcomes)).toEqual([1, 1, 1, 1])
	})
})

test('a failure of the service has the code of its problem as error_type', async () => {
	const sku = await services.catalog.createProduct()
	const { status, body } = await services.place(orderOf(sku), { headers: { 'request-timeout': '0.001' } })
	expect([status, body.code]).toEqual([504, 'REQUEST_TIMEOUT'])
	const labels = { http_response_status_code: '504', error_type: 'REQUEST_TIMEOUT' }
	await eventually(async () => {
		expect(await counted(labels)).toBe(1)
		expect(await orders('REQUEST_TIMEOUT')).toBe(1)
	})
})

test('bytes that are no request, unknown methods and health checks are counted, too', async () => {
	const before = await counted({ http_request_method: '_OTHER' })
	expect(await services.exchange('NO REQUEST AT ALL\r\n\r\n')).toMatchObject({ status: 400 })
	expect(await services.exchange('PROPFIND /v1/orders HTTP/1.1\r\nhost: shop\r\n\r\n')).toMatchObject({ status: 404 })
	await services.get('/livez')
	await eventually(async () => {
		expect(await counted({ http_request_method: '_OTHER', http_response_status_code: '400', http_route: '' })).toBe(1)
		expect(await counted({ http_request_method: '_OTHER' })).toBe(before + 2)
		expect(await counted({ http_route: '/livez' })).toBe(1)
	})
})

test('requests that are refused because too many are under way are counted', async () => {
	const shed = async () => (await samples('mercat_requests_shed_total'))[0]?.value ?? 0
	const before = [await shed(), await counted({ error_type: 'OVERLOADED' })]
	await exchange(services.port, ['GET /v1/products HTTP/1.1\r\nhost: shop\r\n\r\n'.repeat(40)])
	await eventually(async () => {
		const now = await shed()
		expect(now).toBeGreaterThan(before[0] as number)
		expect(now - (before[0] as number)).toBe((await counted({ error_type: 'OVERLOADED' })) - (before[1] as number))
	})
})

test('10,000 random paths, skus and methods make no more series than the routes have', async () => {
	const agent = new Agent({ keepAlive: true, maxSockets: 20 })
	const headers = { authorization: `Bearer ${token(newCustomer(), 'orders:read orders:write orders:manage')}` }
	const send = (method: string, path: string, more = {}, body = '') =>
		new Promise<void>((answered, failed) => {
			httpRequest({ agent, port: services.port, host: '127.0.0.1', method, path, headers: { ...headers, ...more } })
				.on('response', (answer) => answer.resume().once('end', answered))
				.once('error', failed)
				.end(body)
		})
	const methods = METHODS.filter((method) => method !== 'CONNECT')
	const ofAll = (index: number) => methods[index % methods.length] as string
	const word = () => randomUUID()
	const aWord = /[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}/
	const kinds: ((index: number) => Promise<void>)[] = [
		(index) => send(ofAll(index), `/${word()}/${word()}`),
		() => send('GET', `/v1/products/${word()}?${word()}=${word()}`),
		(index) => send(ofAll(index), `/v1/orders/${word()}`),
		() => send('POST', `/v1/orders/${word()}/${word()}`),
		() => {
			const more = { 'content-type': 'application/json', 'idempotency-key': word(), traceparent: word() }
			return send('POST', '/v1/orders', more, JSON.stringify(orderOf(word())))
		},
	]
	async function sendAll(count: number) {
		let sent = 0
		const work = async () => {
			while (sent < count) {
				const index = sent++
				await kinds[index % kinds.length]?.(Math.floor(index / kinds.length))
			}
		}
		await Promise.all(Array.from({ length: 20 }, work))
	}
	const lines = async () =>
		(await register.metrics()).split('\n').filter((line) => /^(http_|mercat_|rpc_|db_)/.test(line))
	// A statement that the service makes now and then by itself may come for the first time while the requests are sent.
	const series = async () =>
		(await lines()).filter((line) => !line.startsWith('db_')).map((line) => line.replace(/ \S+$/, ''))

	await sendAll(500)
	const names = new Set(await series())
	await sendAll(10_000)
	agent.destroy()
	expect((await series()).filter((name) => !names.has(name))).toEqual([])
	expect((await lines()).filter((line) => aWord.test(line))).toEqual([])
	expect(await counted({ http_route: '/v1/products/:sku', http_response_status_code: '404' })).toBeGreaterThan(2_000)
	expect(await orders('UNKNOWN_PRODUCT')).toBeGreaterThan(2_000)
}, 240_000)
