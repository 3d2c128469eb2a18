import { randomUUID } from 'node:crypto'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newCustomer, orderOf, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

describe.each(engines)('placing an order on %s', (engine) => {
	let services: Services
	beforeAll(async () => {
		services = await startServices(engine)
	})
	afterAll(() => services[Symbol.asyncDispose]())

	const whole = {
		shippingAddress: {
			name: 'Zoë 漢字 🍵',
			line1: '1 Rue de l’Été',
			line2: '',
			city: 'Łódź',
			region: 'Île-de-France',
			postalCode: '75001',
			country: 'FR',
		},
		reference: "Robert'); drop table orders;--",
		metadata: { gift: 'yes', 'clé/~"': '' },
	}

	test('a placed order is answered with its location, its version and the prices of the catalog', async () => {
		const customer = newCustomer()
		const sku = await services.catalog.createProduct({ title: 'Stoneware mug', onHand: 10 })
		const { status, headers, body } = await services.place(
			{ items: [{ sku, quantity: 3, expectedUnitPrice: { amountMinor: 1299, currency: 'EUR' } }], ...whole },
			{ customer },
		)
		expect(status).toBe(201)
		expect(body).toEqual({
			id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
			status: 'placed',
			customerId: customer,
			items: [
				{
					sku,
					title: 'Stoneware mug',
					quantity: 3,
					unitPrice: { amountMinor: 1299, currency: 'EUR' },
					lineTotal: { amountMinor: 3897, currency: 'EUR' },
				},
			],
			total: { amountMinor: 3897, currency: 'EUR' },
			...whole,
			placedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
			updatedAt: body.placedAt,
			expiresAt: new Date(Date.parse(body.placedAt) + 900_000).toISOString(),
			version: 1,
		})
		expect(headers.get('location')).toBe(`/v1/orders/${body.id}`)
		expect(headers.get('etag')).toBe('"1"')
		expect(headers.get('idempotent-replayed')).toBeNull()
		expect(await services.catalog.stockOf(sku)).toMatchObject({ onHand: 10, held: 3, available: 7 })
		const read = await services.get(`/v1/orders/${body.id}`, { token: token(customer) })
		expect(read.body).toEqual(body)
		expect(read.headers.get('etag')).toBe('"1"')
	})

	test('an order has no optional member that the client did not give', async () => {
		const { body } = await services.place(orderOf(await services.catalog.createProduct()))
		for (const field of Object.keys(whole)) expect(body).not.toHaveProperty(field)
	})

	test('a repeated request gets the same order and holds no more stock', async () => {
		const again = { customer: newCustomer(), key: randomUUID() }
		const sku = await services.catalog.createProduct({ onHand: 2 })
		const first = await services.place(orderOf(sku), again)
		const second = await services.place(orderOf(sku), again)
		expect(second.status).toBe(201)
		expect(second.body).toEqual(first.body)
		expect(second.headers.get('idempotent-replayed')).toBe('true')
		expect(second.headers.get('location')).toBe(first.headers.get('location'))
		expect(second.headers.get('etag')).toBe(first.headers.get('etag'))
		expect(await services.catalog.stockOf(sku)).toMatchObject({ held: 1 })
	})

	test('a repeated request may reorder its members and divide the quantity of a sku', async () => {
		const again = { customer: newCustomer(), key: randomUUID() }
		const [a, b] = [await services.catalog.createProduct(), await services.catalog.createProduct()]
		const price = { amountMinor: 1299, currency: 'EUR' }
		const first = await services.place(
			{
				items: [{ sku: a, quantity: 3, expectedUnitPrice: price }, ...orderOf(b).items],
				reference: 'x',
				metadata: { k: 'v', l: 'w' },
			},
			again,
		)
		const second = await services.place(
			`{ "metadata": {"l":"w","k":"v"}, "reference": "\\u0078", "items": [
				{ "quantity": 1, "sku": "${b}" },
				{ "quantity": 1e0, "sku": "${a}" },
				{ "expectedUnitPrice": {"currency":"EUR","amountMinor":1299}, "quantity": 2.0, "sku": "${a}" } ] }`,
			again,
		)
		expect(second.status).toBe(201)
		expect(second.headers.get('idempotent-replayed')).toBe('true')
		expect(second.body).toEqual(first.body)
	})

	test('a used key with another body is refused, and the first order stays as it is', async () => {
		const again = { customer: newCustomer(), key: randomUUID() }
		const sku = await services.catalog.createProduct()
		const first = await services.place(orderOf(sku), again)
		for (const other of [
			{ items: [{ sku, quantity: 2 }] },
			{ ...orderOf(sku), reference: 'other' },
			{ ...orderOf(sku), metadata: {} },
			{ items: [{ sku, quantity: 1, expectedUnitPrice: { amountMinor: 1299, currency: 'EUR' } }] },
		]) {
			const { status, body } = await services.place(other, again)
			expect([status, body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])
		}
		const read = await services.get(`/v1/orders/${first.body.id}`, { token: token(again.customer) })
		expect(read.body).toEqual(first.body)
		expect(await services.catalog.stockOf(sku)).toMatchObject({ held: 1 })
	})

	test('one key of two customers makes two orders', async () => {
		const key = randomUUID()
		const sku = await services.catalog.createProduct()
		const orders = await Promise.all([services.place(orderOf(sku), { key }), services.place(orderOf(sku), { key })])
		expect(orders.map(({ status }) => status)).toEqual([201, 201])
		expect(orders[0].body.id).not.toBe(orders[1].body.id)
	})

	test.each([
		['one of many pieces', 100],
		['the last piece', 1],
	])('twenty copies of one request for %s make one order that answers every copy', async (_what, onHand) => {
		const again = { customer: newCustomer(), key: randomUUID() }
		const sku = await services.catalog.createProduct({ onHand })
		const answers = await Promise.all(Array.from({ length: 20 }, () => services.place(orderOf(sku), again)))
		expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201))
		expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
		expect(answers.filter(({ headers }) => !headers.has('idempotent-replayed'))).toHaveLength(1)
		expect(await services.catalog.stockOf(sku)).toMatchObject({ held: 1, available: onHand - 1 })
	})

	test('one of twenty customers who order the last piece gets it', async () => {
		const sku = await services.catalog.createProduct({ onHand: 1 })
		const answers = await Promise.all(Array.from({ length: 20 }, () => services.place(orderOf(sku))))
		expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
		for (const { status, body } of answers.filter(({ status }) => status !== 201)) {
			expect([status, body.items]).toEqual([409, [{ sku, requested: 1, available: 0 }]])
		}
	})

	test('a refused order is placed by the same key when its product exists', async () => {
		const again = { customer: newCustomer(), key: randomUUID() }
		const sku = `LATER-${randomUUID()}`
		expect(await services.place(orderOf(sku), again)).toMatchObject({ status: 422 })
		await services.catalog.createProduct({ sku })
		expect(await services.place(orderOf(sku), again)).toMatchObject({ status: 201 })
	})
})
