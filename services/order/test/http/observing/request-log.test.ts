import { createHmac, hkdfSync, randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { openDatabase } from '@mercat/database/database'
import { createRequestLog } from '@mercat/rest-service/request-log'
import { createLog } from '@mercat/service/log'
import { eventually } from '@mercat/testing/eventually'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newCustomer, orderOf, type Services, startServices } from '../../start-services.ts'
import { token } from '../../tokens.ts'

type Line = { service: string; msg: string } & Record<string, unknown>

let lines: Line[] = []
const logTo = { write: (line: string) => void lines.push(JSON.parse(line)) }
const requestLines = () => lines.filter(({ service, msg }) => service === 'order' && msg === 'request')

/** The only line of a request since the last call. */
async function nextLine(): Promise<Line> {
	const found = await eventually(() => {
		expect(requestLines()).toHaveLength(1)
		return requestLines()[0] as Line
	})
	lines = []
	return found
}

describe('the log of requests', () => {
	let services: Services
	let key: string
	beforeAll(async () => {
		services = await startServices('postgres', { logTo })
		await using database = await openDatabase(services.orderDatabaseUrl)
		const [row] = await database.query<{ key: string }>('select key from page_token_key')
		key = row?.key ?? ''
		lines = []
	})
	afterAll(() => services[Symbol.asyncDispose]())

	function pseudonymOf(customer: string): string {
		const derived = Buffer.from(hkdfSync('sha256', key, '', 'customers in logs', 32))
		return createHmac('sha256', derived).update(customer).digest('hex').slice(0, 16)
	}

	test('has one line for a placed order: its route, its answer, its order, its trace, and a name of the customer that only the key of the database explains', async () => {
		const sku = await services.catalog.createProduct()
		lines = []
		const customer = newCustomer()
		const { body } = await services.place(orderOf(sku), { customer })
		const line = await nextLine()
		expect(line).toEqual({
			level: 'info',
			time: expect.any(String),
			service: 'order',
			msg: 'request',
			method: 'POST',
			route: '/v1/orders',
			status: 201,
			ms: expect.any(Number),
			customer: pseudonymOf(customer),
			orderId: body.id,
			traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
		})
		expect(JSON.stringify(line)).not.toContain(customer)
	})

	test('has the code of the problem for a refused order, and its id, so that it can be found', async () => {
		const sku = await services.catalog.createProduct({ onHand: 0 })
		lines = []
		const { body } = await services.place(orderOf(sku))
		expect(await nextLine()).toMatchObject({
			status: 409,
			code: 'OUT_OF_STOCK',
			orderId: expect.stringMatching(/^[0-9a-f-]{36}$/),
			traceId: body.traceId,
		})
	})

	test('has the pattern of the route, and the order that a path names', async () => {
		const id = randomUUID()
		await services.get(`/v1/orders/${id}`, { token: token(newCustomer()) })
		expect(await nextLine()).toMatchObject({
			route: '/v1/orders/:id',
			status: 404,
			orderId: id,
			code: 'ORDER_NOT_FOUND',
		})
		await services.get('/v1/orders/not-an-id', { token: token(newCustomer()) })
		expect(await nextLine()).not.toHaveProperty('orderId')
		await services.get('/nowhere')
		const line = await nextLine()
		expect(line).not.toHaveProperty('route')
		expect(JSON.stringify(line)).not.toContain('nowhere')
	})

	test('has the customer of a request that the sign-in refuses for its scope', async () => {
		const customer = newCustomer()
		await services.get('/v1/orders', { token: token(customer, 'orders:write') })
		expect(await nextLine()).toMatchObject({ code: 'FORBIDDEN', customer: pseudonymOf(customer) })
	})

	test('has the status 499 for a client that has left before the answer, also behind another of its requests', async () => {
		await using database = await openDatabase(services.orderDatabaseUrl)
		await database.transaction(async (transaction) => {
			await transaction.query('lock table orders in access exclusive mode')
			const socket = connect(services.port, '127.0.0.1')
			const read = `GET /v1/orders HTTP/1.1\r\nhost: shop\r\nauthorization: Bearer ${token(newCustomer())}\r\n\r\n`
			await new Promise<void>((written) => socket.write(read + read, () => written()))
			await eventually(async () => {
				const [row] = await transaction.query<{ waiting: number }>(
					`select count(*)::int as waiting from pg_stat_activity where wait_event_type = 'Lock'`,
				)
				expect(row?.waiting).toBeGreaterThan(0)
			})
			socket.destroy()
			await eventually(() => expect(requestLines()).toHaveLength(2))
		})
		expect(requestLines()).toMatchObject([{ status: 499 }, { status: 499 }])
		lines = []
	})

	test('has no line for health checks and documentation', async () => {
		for (const path of ['/livez', '/readyz', '/', '/problems/not-found', '/openapi.json']) await services.get(path)
		await services.get('/v1/products')
		expect(await nextLine()).toMatchObject({ route: '/v1/products' })
	})

	test('holds no token, no address and no key of a request', async () => {
		const sku = await services.catalog.createProduct()
		lines = []
		const secrets = { customer: newCustomer(), key: `key-${randomUUID()}` }
		const shippingAddress = {
			name: 'Ada Lovelace',
			lines: ['12 Secret Street'],
			city: 'London',
			country: 'GB',
			postalCode: 'W1',
		}
		await services.place({ ...orderOf(sku), shippingAddress }, secrets)
		const text = JSON.stringify(await nextLine())
		for (const secret of ['Lovelace', 'Secret', 'Bearer', secrets.customer, secrets.key])
			expect(text).not.toContain(secret)
	})
})

test('Without REQUEST_LOG, and with a LOG_LEVEL above info, no line of a request is built', () => {
	const info = createLog('test', 'info', logTo)
	expect(createRequestLog(info, 'orderId', true)).toBeDefined()
	expect(createRequestLog(info, 'orderId', false)).toBeUndefined()
	expect(createRequestLog(createLog('test', 'warn', logTo), 'orderId', true)).toBeUndefined()
})

test.each<Record<string, string>>([{ REQUEST_LOG: 'false' }, { LOG_LEVEL: 'warn' }])(
	'With %o the log has no line for a request',
	async (env) => {
		await using services = await startServices('pglite', { env, logTo })
		lines = []
		expect(await services.get('/nowhere')).toMatchObject({ status: 404 })
		// The service has ended the first request before it answers the second one.
		expect(await services.get('/v1/products')).toMatchObject({ status: 200 })
		expect(requestLines()).toEqual([])
	},
)
