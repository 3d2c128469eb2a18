import { randomUUID } from 'node:crypto'
import { eventually } from '@mercat/testing/eventually'
import { readSamples, sumOf } from '@mercat/testing/read-samples'
import getPort from 'get-port'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { named, startTracedShop, type TracedAnswer, type TracedShop } from './traced-shop.ts'

let shop: TracedShop
let metricsUrl: string

beforeAll(async () => {
	const metricsPort = await getPort()
	metricsUrl = `http://127.0.0.1:${metricsPort}/metrics`
	shop = await startTracedShop({ env: { METRICS_PORT: String(metricsPort), REQUEST_BUDGET_MS: '4000' } })
})
afterAll(() => shop[Symbol.asyncDispose]())

const metrics = async () => readSamples(await (await fetch(metricsUrl)).text())

/** The line of a request in the log, which comes a moment after the answer. */
function lineOf({ traceId }: TracedAnswer): Promise<Record<string, unknown>> {
	return eventually(() => {
		const line = shop.cluster.orders[0]?.output
			.split('\n')
			.find((text) => text.includes(traceId) && text.includes('"msg":"request"'))
		if (line === undefined) throw new Error('there is no line yet')
		return JSON.parse(line)
	})
}

/** How the metrics of placing have changed while `work` ran. */
async function countedDuring<T>(
	work: () => Promise<T>,
): Promise<{ result: T; status: Record<string, number>; outcome: Record<string, number> }> {
	const before = await metrics()
	const result = await work()
	const after = await metrics()
	const change = (name: string, label: string, where: Record<string, string>) => {
		const [old, now] = [before, after].map((samples) => sumOf(samples, name, label, where))
		const changed = Object.entries(now ?? {}).map(([value, count]) => [value, count - (old?.[value] ?? 0)] as const)
		return Object.fromEntries(changed.filter(([, count]) => count !== 0))
	}
	const placing = { http_request_method: 'POST', http_route: '/v1/orders' }
	return {
		result,
		status: change('http_server_request_duration_seconds_count', 'http_response_status_code', placing),
		outcome: change('mercat_orders_total', 'outcome', {}),
	}
}

test('a placed and a replayed order are told alike by the answer, the spans, the metrics and the log', async () => {
	const sku = await shop.cluster.stocked(5)
	const headers = { 'idempotency-key': randomUUID() }
	const token = shop.cluster.customerToken('told-alike')
	for (const [isReplay, outcome] of [
		[false, 'placed'],
		[true, 'replayed'],
	] as const) {
		const { result: answer, ...counted } = await countedDuring(() => shop.place(sku, { token, headers }))
		expect(answer.status).toBe(201)
		expect(answer.headers.get('idempotent-replayed')).toBe(isReplay ? 'true' : null)
		expect(counted).toEqual({ status: { 201: 1 }, outcome: { [outcome]: 1 } })
		const { id } = JSON.parse(answer.body)
		const span = named(await shop.spansOf(answer), 'place order')
		expect(span).toMatchObject({
			status: 'UNSET',
			attributes: { 'mercat.outcome': outcome, 'mercat.replayed': isReplay, 'mercat.order.id': id },
		})
		expect(await lineOf(answer)).toMatchObject({ method: 'POST', route: '/v1/orders', status: 201, orderId: id })
	}
})

test('a refused order is no error of the service', async () => {
	const sku = await shop.cluster.stocked(0)
	const { result: answer, ...counted } = await countedDuring(() => shop.place(sku))
	expect(JSON.parse(answer.body)).toMatchObject({ code: 'OUT_OF_STOCK', traceId: answer.traceId })
	expect(counted).toEqual({ status: { 409: 1 }, outcome: { OUT_OF_STOCK: 1 } })
	const spans = await shop.spansOf(answer)
	expect(named(spans, 'place order')).toMatchObject({
		status: 'UNSET',
		attributes: { 'mercat.outcome': 'OUT_OF_STOCK' },
	})
	expect(named(spans, 'POST /v1/orders')).toMatchObject({
		status: 'UNSET',
		attributes: { 'http.response.status_code': 409, 'mercat.problem.code': 'OUT_OF_STOCK' },
	})
	expect(await lineOf(answer)).toMatchObject({ status: 409, code: 'OUT_OF_STOCK' })
})

test('an order that the catalog does not answer in time is an error of the service, with every attempt', async () => {
	const sku = await shop.cluster.stocked(5)
	const [catalog] = shop.cluster.catalogs
	await catalog?.signal('SIGSTOP')
	const { result: answer, ...counted } = await countedDuring(() => shop.place(sku))
	await catalog?.signal('SIGCONT')
	expect(JSON.parse(answer.body)).toMatchObject({ status: 504, code: 'CATALOG_TIMEOUT', traceId: answer.traceId })
	expect(counted).toEqual({ status: { 504: 1 }, outcome: { CATALOG_TIMEOUT: 1 } })
	const spans = await shop.spansOf(answer)
	for (const name of ['POST /v1/orders', 'place order']) {
		expect(named(spans, name)).toMatchObject({ status: 'ERROR', attributes: { 'error.type': expect.anything() } })
	}
	const attempts = spans.filter(({ kind, attributes }) => kind === 'CLIENT' && 'mercat.attempt' in attributes)
	expect(
		attempts.map(({ status, attributes }) => [attributes['mercat.attempt'], attributes['rpc.status_code'], status]),
	).toEqual([
		[1, 'DEADLINE_EXCEEDED', 'ERROR'],
		[2, 'DEADLINE_EXCEEDED', 'ERROR'],
	])
	const line = await lineOf(answer)
	expect(line).toMatchObject({ status: 504, code: 'CATALOG_TIMEOUT', orderId: expect.any(String) })
	const failure = shop.cluster.orders[0]?.output.split('\n').find((text) => text.includes('"msg":"request failed"'))
	expect(JSON.parse(failure ?? '{}')).toMatchObject({ orderId: line['orderId'], traceId: answer.traceId })
})
