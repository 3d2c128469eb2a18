import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { newCustomer, orderOf, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

describe('the limit of requests', () => {
	test('a customer over the limit is refused until the window is over, and other customers are not', async () => {
		await using services = await startServices('postgres', { env: { RATE_LIMIT: '3' } })
		const customer = token(newCustomer())
		for (const left of [2, 1, 0]) {
			const { status, headers } = await services.get('/v1/orders', { token: customer })
			expect(status).toBe(200)
			expect(headers.get('ratelimit-policy')).toBe('"default";q=3;w=60')
			expect(headers.get('ratelimit')).toMatch(new RegExp(`^"default";r=${left};t=\\d+$`))
		}
		// The refusal comes before any other check of the request.
		for (const body of ['{', orderOf('A')]) {
			const { status, headers, body: problem } = await services.place(body, { token: customer })
			expect([status, problem.code]).toEqual([429, 'RATE_LIMITED'])
			expect(headers.get('ratelimit')).toMatch(/^"default";r=0;t=\d+$/)
			const retryAfterS = Number(headers.get('retry-after'))
			expect(retryAfterS).toBeGreaterThan(0)
			expect(retryAfterS).toBeLessThanOrEqual(60)
		}
		expect(await services.get('/v1/orders', { token: token(newCustomer()) })).toMatchObject({ status: 200 })
	})

	test('requests without a valid token count for their address, and forwarding headers are ignored', async () => {
		await using services = await startServices('postgres', { env: { RATE_LIMIT: '4' } })
		const ask = (index: number) => ({
			headers: { 'x-forwarded-for': `10.0.0.${index}`, forwarded: `for=10.0.0.${index}` },
		})
		expect(await services.get('/v1/products', ask(1))).toMatchObject({ status: 200 })
		expect(await services.get('/v1/products/NONE', ask(2))).toMatchObject({ status: 404 })
		expect(await services.get('/v1/orders', ask(3))).toMatchObject({ status: 401 })
		expect(await services.get('/v1/orders', { ...ask(4), token: 'guessed' })).toMatchObject({ status: 401 })
		expect(await services.get('/v1/products', ask(5))).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } })
		expect(await services.get('/v1/orders', ask(6))).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } })
		expect(await services.get('/v1/orders', { token: token(newCustomer()) })).toMatchObject({ status: 200 })
		for (const path of ['/livez', '/readyz', '/openapi.json', '/problems/rate-limited']) {
			expect(await services.get(path)).toMatchObject({ status: 200 })
		}
	})

	test('without a limit no request is refused and no answer has a RateLimit header', async () => {
		await using services = await startServices('postgres')
		const answers = await Promise.all(Array.from({ length: 50 }, () => services.get('/v1/products')))
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
		expect(answers[0]?.headers.has('ratelimit')).toBe(false)
	})
})

describe('the limit of unpaid orders', () => {
	test('a customer at the limit places no new order until one is paid or cancelled, and can repeat its orders', async () => {
		await using services = await startServices('postgres', { env: { MAX_UNPAID_ORDERS: '2' } })
		const sku = await services.catalog.createProduct()
		const customer = newCustomer()
		const again = { customer, key: randomUUID() }
		const first = await services.place(orderOf(sku), again)
		const second = await services.place(orderOf(sku), { customer })
		expect([first.status, second.status]).toEqual([201, 201])

		const third = await services.place(orderOf(sku), { customer })
		expect(third).toMatchObject({ status: 429, body: { code: 'TOO_MANY_UNPAID_ORDERS' } })
		expect(await services.catalog.stockOf(sku)).toMatchObject({ held: 2 })
		expect(await services.place(orderOf(sku), again)).toMatchObject({ status: 201, body: first.body })
		expect(await services.place(orderOf(sku))).toMatchObject({ status: 201 })

		const staff = token('staff', 'orders:manage')
		await services.request('POST', `/v1/orders/${first.body.id}/pay`, { token: staff, body: { reference: 'p' } })
		expect(await services.place(orderOf(sku), { customer })).toMatchObject({ status: 201 })
		expect(await services.place(orderOf(sku), { customer })).toMatchObject({ status: 429 })
		await services.request('POST', `/v1/orders/${second.body.id}/cancel`, { token: token(customer) })
		expect(await services.place(orderOf(sku), { customer })).toMatchObject({ status: 201 })
	})
})
