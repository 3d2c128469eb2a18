import { randomBytes, randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { type OtlpCollector, startOtlpCollector } from '@mercat/testing/otlp-collector'
import { describe, expect, test } from 'vitest'
import { openStream } from '../../events/open-stream.ts'
import { newCustomer, orderOf, startServices } from '../../start-services.ts'
import { token } from '../../tokens.ts'

const newTraceId = () => randomBytes(16).toString('hex')
const callerSpan = '00f067aa0ba902b7'
const traceparentOf = (traceId: string, flags: '00' | '01' = '01') => `00-${traceId}-${callerSpan}-${flags}`
const staff = (subject = newCustomer()) => token(subject, 'orders:read orders:write orders:manage')

const serverSpan = ({ until }: OtlpCollector, traceId: string) =>
	until(({ spansOf }) => spansOf(traceId).find(({ kind, resource }) => kind === 'SERVER' && resource !== undefined))

describe('the span of a request', () => {
	test('goes on with the trace of the caller, begins at the arrival, and has the names of the conventions', async () => {
		await using collector = await startOtlpCollector()
		await using services = await startServices('pglite', { env: collector.env })
		const sku = await services.catalog.createProduct()
		const traceId = newTraceId()
		const headers = { traceparent: traceparentOf(traceId), 'idempotency-key': randomUUID() }
		const { status, body } = await services.place(orderOf(sku), { headers })
		expect(status).toBe(201)
		const spans = await collector.until(({ spansOf }) => {
			const found = spansOf(traceId)
			return found.some(({ name }) => name === 'POST /v1/orders') && found
		})
		const span = spans.find(({ name }) => name === 'POST /v1/orders')
		expect(span).toMatchObject({ kind: 'SERVER', parentSpanId: callerSpan, status: 'UNSET' })
		expect(span?.attributes).toEqual({
			'http.request.method': 'POST',
			'http.route': '/v1/orders',
			'http.response.status_code': 201,
			'url.path': '/v1/orders',
			'url.scheme': 'http',
			'server.address': '127.0.0.1',
			'server.port': services.port,
			'network.protocol.version': '1.1',
			'mercat.customer': expect.stringMatching(/^[0-9a-f]{16}$/),
			'mercat.order.id': body.id,
		})
		for (const { name, startMs, endMs } of spans.filter(({ parentSpanId }) => parentSpanId === span?.spanId)) {
			expect(startMs, name).toBeGreaterThanOrEqual(span?.startMs as number)
			expect(endMs, name).toBeLessThanOrEqual(span?.endMs as number)
		}
	})

	test('of a refused request has the trace id of its problem, the code of the problem, and no failure', async () => {
		await using collector = await startOtlpCollector()
		await using services = await startServices('pglite', { env: collector.env })
		const unsigned = await services.get('/v1/orders')
		const nowhere = await services.get(`/nowhere/${'x'.repeat(300)}?customer=ada`)
		const forbidden = await services.get('/v1/orders', { token: token(newCustomer(), 'orders:write') })
		for (const [answer, name, more] of [
			[unsigned, 'GET /v1/orders', { 'http.response.status_code': 401, 'mercat.problem.code': 'UNAUTHENTICATED' }],
			[nowhere, 'GET', { 'http.response.status_code': 404, 'url.path': expect.stringMatching(/^\/nowhere\/x{191}$/) }],
			[forbidden, 'GET /v1/orders', { 'http.response.status_code': 403, 'mercat.customer': expect.any(String) }],
		] as const) {
			const span = await serverSpan(collector, answer.body.traceId)
			expect(span).toMatchObject({ name, status: 'UNSET', attributes: more })
			expect(span.parentSpanId).toBeUndefined()
			expect(span.attributes).not.toHaveProperty('error.type')
		}
	})

	test('of a request that the service could not answer in time has failed with the code of the problem', async () => {
		await using collector = await startOtlpCollector()
		await using services = await startServices('pglite', { env: collector.env })
		const sku = await services.catalog.createProduct()
		const { body } = await services.place(orderOf(sku), { headers: { 'request-timeout': '0.001' } })
		expect(body.code).toBe('REQUEST_TIMEOUT')
		expect(await serverSpan(collector, body.traceId)).toMatchObject({
			status: 'ERROR',
			attributes: { 'http.response.status_code': 504, 'error.type': 'REQUEST_TIMEOUT' },
		})
	})

	test('of a client that has left before the answer says so, and has no status', async () => {
		await using collector = await startOtlpCollector()
		await using services = await startServices('postgres', { env: collector.env })
		const traceId = newTraceId()
		await using database = await openDatabase(services.orderDatabaseUrl)
		await database.transaction(async (transaction) => {
			await transaction.query('lock table orders in access exclusive mode')
			const socket = connect(services.port, '127.0.0.1')
			socket.write(
				`GET /v1/orders HTTP/1.1\r\nhost: shop\r\ntraceparent: ${traceparentOf(traceId)}\r\nauthorization: Bearer ${staff()}\r\n\r\n`,
			)
			await eventually(async () => {
				const [row] = await transaction.query<{ waiting: number }>(
					`select count(*)::int as waiting from pg_stat_activity where wait_event_type = 'Lock'`,
				)
				expect(row?.waiting).toBeGreaterThan(0)
			})
			socket.destroy()
			const { attributes, status } = await serverSpan(collector, traceId)
			expect([status, attributes['error.type']]).toEqual(['UNSET', 'client_left'])
			expect(attributes).not.toHaveProperty('http.response.status_code')
		})
	})

	test('of a stream ends with the stream', async () => {
		await using collector = await startOtlpCollector()
		await using services = await startServices('pglite', { env: collector.env })
		const [ofStream, meanwhile] = [newTraceId(), newTraceId()]
		const headers = { traceparent: traceparentOf(ofStream) }
		const stream = await openStream(services.url, '', { token: staff(), headers })
		await services.get('/v1/orders', { token: staff(), headers: { traceparent: traceparentOf(meanwhile) } })
		const other = await serverSpan(collector, meanwhile)
		stream[Symbol.dispose]()
		const { startMs, endMs, attributes } = await serverSpan(collector, ofStream)
		expect(attributes).toMatchObject({ 'http.route': '/v1/events', 'http.response.status_code': 200 })
		expect(startMs).toBeLessThan(other.startMs)
		expect(endMs).toBeGreaterThan(other.endMs)
	})

	test('is not made for health checks and documentation', async () => {
		await using collector = await startOtlpCollector()
		await using services = await startServices('pglite', { env: collector.env })
		const traceId = newTraceId()
		const headers = { traceparent: traceparentOf(traceId) }
		for (const path of ['/livez', '/readyz', '/', '/problems', '/openapi.json']) await services.get(path, { headers })
		await services.get('/nowhere', { headers })
		expect((await serverSpan(collector, traceId)).name).toBe('GET')
		expect(collector.spansOf(traceId)).toHaveLength(1)
	})
})

describe('whether a trace is sampled', () => {
	const never = { OTEL_TRACES_SAMPLER: 'parentbased_always_off' }

	test('is decided by the service for customers, whose traceparent says yes', async () => {
		await using collector = await startOtlpCollector()
		await using services = await startServices('pglite', { env: { ...collector.env, ...never } })
		const [ofCustomer, ofStaff] = [newTraceId(), newTraceId()]
		const forged = { 'x-forwarded-for': '10.0.0.1' }
		await services.get('/v1/orders', {
			token: token(newCustomer()),
			headers: { traceparent: traceparentOf(ofCustomer), ...forged },
		})
		await services.get('/v1/orders', { token: staff(), headers: { traceparent: traceparentOf(ofStaff) } })
		expect(await serverSpan(collector, ofStaff)).toMatchObject({ name: 'GET /v1/orders', parentSpanId: callerSpan })
		expect(collector.spansOf(ofCustomer)).toEqual([])
	})

	test('is decided by the service for customers, whose traceparent says no, and by staff for themselves', async () => {
		await using collector = await startOtlpCollector()
		await using services = await startServices('pglite', { env: collector.env })
		const [ofCustomer, ofStaff] = [newTraceId(), newTraceId()]
		await services.get('/v1/orders', { token: staff(), headers: { traceparent: traceparentOf(ofStaff, '00') } })
		await services.get('/v1/orders', {
			token: token(newCustomer()),
			headers: { traceparent: traceparentOf(ofCustomer, '00') },
		})
		expect(await serverSpan(collector, ofCustomer)).toMatchObject({ parentSpanId: callerSpan })
		expect(collector.spansOf(ofStaff)).toEqual([])
	})

	test('is decided by a proxy that is trusted, also for a request that is refused', async () => {
		await using collector = await startOtlpCollector()
		const env = { ...collector.env, ...never, TRUST_PROXY: '127.0.0.1' }
		await using services = await startServices('pglite', { env })
		const [direct, passedOn, refused] = [newTraceId(), newTraceId(), newTraceId()]
		const customer = { token: token(newCustomer()) }
		const proxied = { 'x-forwarded-for': '10.0.0.1', 'x-forwarded-proto': 'https' }
		await services.get('/v1/orders', { ...customer, headers: { traceparent: traceparentOf(direct) } })
		await services.get('/v1/orders', { ...customer, headers: { traceparent: traceparentOf(passedOn), ...proxied } })
		await services.get('/v1/orders', { headers: { traceparent: traceparentOf(refused), ...proxied } })
		expect(await serverSpan(collector, refused)).toMatchObject({ attributes: { 'http.response.status_code': 401 } })
		expect(await serverSpan(collector, passedOn)).toMatchObject({ attributes: { 'url.scheme': 'https' } })
		expect(collector.spansOf(direct)).toEqual([])
	})
})
