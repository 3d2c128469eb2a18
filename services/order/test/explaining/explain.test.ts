import { randomUUID } from 'node:crypto'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newCustomer, orderOf, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

const staff = token('staff', 'orders:manage')

const newTraceparent = () => `00-${randomUUID().replaceAll('-', '')}-00f067aa0ba902b7-00`

describe.each(engines)('explaining on %s', (engine) => {
	let services: Services
	let sku: string
	beforeAll(async () => {
		services = await startServices(engine)
		sku = await services.catalog.createProduct()
	})
	afterAll(() => services[Symbol.asyncDispose]())

	const explain = async (query: string) => {
		const { status, body } = await services.get(`/v1/explain?${query}`, { token: staff })
		expect(status).toBe(200)
		return body
	}
	const transition = (id: string, action: string, headers = {}) =>
		services.request('POST', `/v1/orders/${id}/${action}`, {
			token: staff,
			body: { reference: `${action}-1` },
			headers,
		})

	test('a refused order is explained by its key and its customer, with the products at fault', async () => {
		const again = { customer: newCustomer(), key: randomUUID() }
		const scarce = await services.catalog.createProduct({ onHand: 1 })
		await services.place({ items: [{ sku: scarce, quantity: 3 }] }, again)
		const explanation = await eventually(async () => {
			const body = await explain(`key=${again.key}&customerId=${again.customer}`)
			expect(body.verdict).toBe('refused')
			return body
		})
		expect(explanation).toMatchObject({ order: null, orderId: expect.any(String) })
		expect(explanation.sentence).toMatch(
			new RegExp(
				`^Refused on \\d+ \\w+ \\d{4} at [\\d:]{8} UTC: OUT_OF_STOCK\\. The order asked for 3 of ${scarce} where 1 was available\\.`,
			),
		)
		expect(explanation.evidence).toContainEqual({
			at: expect.any(String),
			source: 'refusal',
			text: expect.stringContaining('OUT_OF_STOCK'),
		})
		expect(await explain(`order=${explanation.orderId}`)).toMatchObject({ verdict: 'refused' })
	})

	test('a trace finds the order that it placed, and the order that it shipped, and a whole traceparent finds it too', async () => {
		const [placing, shipping] = [newTraceparent(), newTraceparent()]
		const { body: order } = await services.place(orderOf(sku), { headers: { traceparent: placing } })
		const placed = await explain(`trace=${placing}`)
		expect(placed).toMatchObject({ verdict: 'placed', orderId: order.id, order: { id: order.id, status: 'placed' } })
		expect(placed.sentence).toMatch(/^Placed on .* for EUR 12\.99\. It waits to be paid until/)
		expect((await transition(order.id, 'pay')).status).toBe(200)
		expect((await transition(order.id, 'ship', { traceparent: shipping })).status).toBe(200)
		const shipped = await explain(`trace=${shipping.split('-')[1]}`)
		expect(shipped).toMatchObject({ verdict: 'placed', orderId: order.id })
		expect(shipped.sentence).toMatch(/paid on .* \(pay-1\), shipped on .* \(ship-1\)\. It waits to be delivered\./)
		expect(shipped.evidence.map(({ source }: { source: string }) => source)).toEqual(
			expect.arrayContaining(['order', 'history', 'event', 'outbox']),
		)
	})

	test('the trace of a repeated request is explained as a copy of it', async () => {
		const again = { customer: newCustomer(), key: randomUUID() }
		const { body: order } = await services.place(orderOf(sku), again)
		const traceparent = newTraceparent()
		expect((await services.place(orderOf(sku), { ...again, headers: { traceparent } })).status).toBe(201)
		await eventually(async () => {
			expect(await explain(`trace=${traceparent}`)).toMatchObject({ verdict: 'replayed', orderId: order.id })
		})
		expect(await explain(`key=${again.key}&customerId=${again.customer}`)).toMatchObject({ verdict: 'placed' })
	})

	test('an order that later requests could not change says so', async () => {
		const { body: order } = await services.place(orderOf(sku))
		await transition(order.id, 'ship')
		await eventually(async () => {
			expect((await explain(`order=${order.id}`)).sentence).toMatch(
				/It waits to be paid until .* (?:A later|Another) request to ship it was refused on .*UTC\.$/,
			)
		})
	})

	test('a cancelled order names who cancelled it and why', async () => {
		const { body: order } = await services.place(orderOf(sku))
		const cancel = { token: staff, body: { reason: 'The customer has changed her mind' } }
		await services.request('POST', `/v1/orders/${order.id}/cancel`, cancel)
		const { verdict, sentence } = await explain(`order=${order.id}`)
		expect(verdict).toBe('cancelled')
		expect(sentence).toMatch(/^Cancelled on .* by staff\. The reason: The customer has changed her mind\./)
	})

	test('a refusal is explained at once after its answer, and a stranger does not change what is said of it', async () => {
		const again = { customer: newCustomer(), key: randomUUID() }
		await services.place(orderOf('no-such-product'), again)
		const query = `key=${again.key}&customerId=${again.customer}`
		const { verdict, orderId } = await eventually(() => explain(query))
		expect(verdict).toBe('refused')
		expect((await services.request('POST', `/v1/orders/${orderId}/cancel`, { body: {} })).status).toBe(401)
		const later = await eventually(async () => {
			const body = await explain(query)
			expect(body.evidence).toContainEqual(expect.objectContaining({ text: expect.stringContaining('(cancel)') }))
			return body
		})
		expect(later.sentence).toMatch(/^Refused on .*: UNKNOWN_PRODUCT\./)
	})

	test('an order that was placed without a valid token may be one of the requests without an order', async () => {
		const key = randomUUID()
		await services.request('POST', '/v1/orders', { body: orderOf(sku), headers: { 'idempotency-key': key } })
		await eventually(async () => {
			const { verdict, sentence } = await explain(`key=${key}&customerId=${newCustomer()}`)
			expect(verdict).toBe('unknown')
			expect(sentence).toMatch(/\d+ requests? to place an order of the last day had no valid token or key/)
		})
	})

	test('a reservation without an order is not settled, and the evidence has what the catalog holds', async () => {
		const orderId = randomUUID()
		await services.catalog.hold(orderId, sku)
		const { verdict, sentence, evidence } = await explain(`order=${orderId}`)
		expect(verdict).toBe('unsettled')
		expect(sentence).toMatch(/It holds the stock until .* Send the same request with the same key again/)
		expect(evidence).toEqual([
			{
				at: expect.any(String),
				source: 'reservation',
				text: expect.stringMatching(new RegExp(`^The reservation is HELD, until .*: 1 of ${sku}$`)),
			},
		])
	})

	test('a request that nobody knows is not explained as refused', async () => {
		const unknown = await explain(`key=${randomUUID()}&customerId=${newCustomer()}`)
		expect(unknown).toMatchObject({ verdict: 'unknown', order: null })
		expect(unknown.sentence).toContain('Perhaps it was answered only a second ago')
		const trace = await explain(`trace=${newTraceparent()}`)
		expect(trace).toMatchObject({ verdict: 'unknown', orderId: null })
		// Whether an earlier test has placed an order that is in the log by now is of no matter here.
		expect(trace.sentence).toMatch(
			/(All changes of orders that are in the log of events were searched|There are no changes of orders to search)\.$/,
		)
	})

	test.each([
		['', 'order'],
		[`order=${randomUUID()}&trace=${'a'.repeat(32)}`, 'order'],
		[`order=${randomUUID()}&customerId=ann`, 'customerId'],
		['key=abc', 'customerId'],
		['key=a,b&customerId=ann', 'key'],
		['order=4711', 'order'],
		['trace=4711', 'trace'],
	])('the question "%s" is refused with the parameter at fault', async (query, parameter) => {
		expect(await services.get(`/v1/explain?${query}`, { token: staff })).toMatchObject({
			status: 400,
			body: { code: 'INVALID_REQUEST', errors: [{ parameter }] },
		})
	})
})
