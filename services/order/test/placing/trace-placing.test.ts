import { randomUUID } from 'node:crypto'
import { openDatabase } from '@mercat/database/database'
import { type OtlpCollector, startOtlpCollector } from '@mercat/testing/otlp-collector'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newCustomer, orderOf, type Services, startServices } from '../start-services.ts'

let collector: OtlpCollector
let services: Services
beforeAll(async () => {
	collector = await startOtlpCollector()
	services = await startServices('postgres', { env: collector.env })
})
afterAll(async () => {
	await services[Symbol.asyncDispose]()
	await collector[Symbol.asyncDispose]()
})

let latest = 0
/** The headers of a request in a trace of its own, with a key of its own. */
function inTrace() {
	const traceId = (++latest).toString(16).padStart(32, '0')
	return { traceId, headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01`, 'idempotency-key': randomUUID() } }
}

/** The spans of a trace, when its request has ended. */
async function spansOf(traceId: string) {
	const spans = await collector.until((all) => {
		const found = all.spansOf(traceId)
		return found.some(({ name }) => name === 'POST /v1/orders') && found
	})
	const request = spans.find(({ name }) => name === 'POST /v1/orders')
	const placing = spans.find(({ name }) => name === 'place order')
	expect(placing?.parentSpanId).toBe(request?.spanId)
	return { spans, placing }
}

test('a placed order has a span under that of its request, above the spans of the work', async () => {
	const sku = await services.catalog.createProduct()
	const { traceId, headers } = inTrace()
	// The first order of a process is looked up, and the next ones are presumed new.
	await services.place(orderOf(sku))
	const { body } = await services.place(orderOf(sku), { headers })
	const { spans, placing } = await spansOf(traceId)
	expect(placing).toMatchObject({ kind: 'INTERNAL', status: 'UNSET' })
	expect(placing?.attributes).toEqual({
		'mercat.order.id': body.id,
		'mercat.replayed': false,
		'mercat.outcome': 'placed',
	})
	const below = spans.filter(({ parentSpanId }) => parentSpanId === placing?.spanId).map(({ name }) => name)
	expect(below.toSorted()).toEqual(['batch insert orders', 'batch reserve stock'])
})

test('a replayed order says so', async () => {
	const sku = await services.catalog.createProduct()
	const [first, again, customer] = [inTrace(), inTrace(), newCustomer()]
	await services.place(orderOf(sku), { customer, headers: first.headers })
	const headers = { ...again.headers, 'idempotency-key': first.headers['idempotency-key'] }
	expect(await services.place(orderOf(sku), { customer, headers })).toMatchObject({ status: 201 })
	const { placing } = await spansOf(again.traceId)
	expect(placing).toMatchObject({ attributes: { 'mercat.replayed': true, 'mercat.outcome': 'replayed' } })
})

test('a refused order has the code of the problem as its outcome, and no failure', async () => {
	const sku = await services.catalog.createProduct({ onHand: 0 })
	const { traceId, headers } = inTrace()
	expect(await services.place(orderOf(sku), { headers })).toMatchObject({ status: 409 })
	const { placing } = await spansOf(traceId)
	expect(placing).toMatchObject({ status: 'UNSET', attributes: { 'mercat.outcome': 'OUT_OF_STOCK' } })
	expect(placing?.attributes).not.toHaveProperty('error.type')
})

test('an order that could not be placed in time has failed', async () => {
	const sku = await services.catalog.createProduct()
	const { traceId, headers } = inTrace()
	await using database = await openDatabase(services.orderDatabaseUrl)
	await database.transaction(async (transaction) => {
		await transaction.query('lock table orders in access exclusive mode')
		// Sooner than the database gives the lock up.
		const answer = await services.place(orderOf(sku), { headers: { ...headers, 'request-timeout': '1' } })
		expect(answer).toMatchObject({ status: 504, body: { code: 'REQUEST_TIMEOUT', traceId } })
		await collector.until((all) => all.spansOf(traceId).some(({ name }) => name === 'place order'))
	})
	const { placing } = await spansOf(traceId)
	expect(placing).toMatchObject({
		status: 'ERROR',
		attributes: { 'mercat.outcome': 'REQUEST_TIMEOUT', 'error.type': 'REQUEST_TIMEOUT' },
	})
})
