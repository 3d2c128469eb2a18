import { randomBytes, randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { eventually } from '@mercat/testing/eventually'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newCustomer, orderOf, type Services, startServices } from '../../start-services.ts'
import { token } from '../../tokens.ts'

type Line = { service: string; msg: string; traceId?: string; code?: string; status?: number; orderIds?: string[] }

const lines: Line[] = []
const rateLimit = 2
let services: Services
beforeAll(async () => {
	services = await startServices('postgres', {
		env: { RATE_LIMIT: String(rateLimit) },
		logTo: { write: (line) => void lines.push(JSON.parse(line)) },
	})
})
afterAll(() => services[Symbol.asyncDispose]())

const newTraceId = () => randomBytes(16).toString('hex')
const traceparentOf = (traceId: string) => `00-${traceId}-00f067aa0ba902b7-01`
const traceIdForm = /^(?!0{32})[0-9a-f]{32}$/

/** The line of the request with this trace id. */
function requestLine(traceId: string): Promise<Line> {
	return eventually(() => {
		const found = lines.filter((line) => line.msg === 'request' && line.traceId === traceId)
		expect(found).toHaveLength(1)
		return found[0] as Line
	})
}

const as = () => ({ token: token(newCustomer()) })
const refusals: [string, () => Promise<{ token?: string }>, string, string][] = [
	['UNAUTHENTICATED', async () => ({}), 'GET', '/v1/orders'],
	['FORBIDDEN', async () => ({ token: token(newCustomer(), 'orders:read') }), 'POST', '/v1/orders'],
	['NOT_FOUND', async () => as(), 'GET', '/nowhere'],
	['NOT_FOUND', async () => as(), 'GET', '/%'],
	['METHOD_NOT_ALLOWED', async () => as(), 'DELETE', '/v1/orders'],
	['URI_TOO_LONG', async () => as(), 'GET', `/v1/orders?x=${'x'.repeat(5_000)}`],
	['IDEMPOTENCY_KEY_REQUIRED', async () => as(), 'POST', '/v1/orders'],
	[
		'RATE_LIMITED',
		async () => {
			const customer = as()
			for (let sent = 0; sent < rateLimit; sent++) await services.get('/v1/orders', customer)
			return customer
		},
		'GET',
		'/v1/orders',
	],
]

describe.each(refusals)('the refusal %s', (code, caller, method, path) => {
	const body = method === 'POST' ? orderOf('MUG') : undefined

	test(`of ${method} ${path.slice(0, 20)} and the line in the log have the trace id of the caller`, async () => {
		const traceId = newTraceId()
		const headers = { traceparent: traceparentOf(traceId) }
		const answer = await services.request(method, path, { ...(await caller()), headers, body })
		expect(answer.body).toMatchObject({ code, traceId })
		expect(await requestLine(traceId)).toMatchObject({ code, status: answer.status })
	})

	test(`of ${method} ${path.slice(0, 20)} without a traceparent has a new trace id, and so has the line in the log`, async () => {
		const answer = await services.request(method, path, { ...(await caller()), body })
		expect(answer.body).toMatchObject({ code, traceId: expect.stringMatching(traceIdForm) })
		expect(await requestLine(answer.body.traceId)).toMatchObject({ code, status: answer.status })
	})
})

test('a refusal because of too many requests at once has the trace id of the caller, and so has the line in the log', async () => {
	const traceIds = Array.from({ length: 40 }, newTraceId)
	const request = (traceId: string) =>
		`GET /v1/products/${traceId} HTTP/1.1\r\nhost: shop\r\ntraceparent: ${traceparentOf(traceId)}\r\n\r\n`
	const socket = connect(services.port, '127.0.0.1')
	try {
		let received = ''
		socket.setEncoding('utf8').on('data', (text) => {
			received += text
		})
		socket.write(traceIds.map(request).join(''))
		const overloaded = await eventually(() => {
			const found = traceIds.filter((traceId) =>
				lines.some((line) => line.traceId === traceId && line.code === 'OVERLOADED'),
			)
			expect(found).not.toEqual([])
			return found[0] as string
		})
		expect(await requestLine(overloaded)).toMatchObject({ status: 503 })
		await eventually(() => expect(received).toMatch(new RegExp(`"code":"OVERLOADED","traceId":"${overloaded}"`)))
	} finally {
		socket.destroy()
	}
})

test('the answer to bytes that are no request has a trace id, and so has the line in the log', async () => {
	const { body } = await services.exchange('NO REQUEST AT ALL\r\n\r\n')
	expect(body.traceId).toMatch(traceIdForm)
	expect(await requestLine(body.traceId)).toMatchObject({ code: 'INVALID_REQUEST', status: 400 })
})

test.each([
	'',
	'00-0af7651916cd43dd8448eb211c80319c',
	'00-0AF7651916CD43DD8448EB211C80319C-00f067aa0ba902b7-01',
	`00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
	'ff-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01',
	'00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01-more',
])('the traceparent "%s" names no trace, so the request gets a new one', async (traceparent) => {
	const { body } = await services.get('/nowhere', { headers: { traceparent } })
	expect(body.traceId).toMatch(traceIdForm)
	expect(traceparent.toLowerCase()).not.toContain(body.traceId)
})

test('two headers traceparent name no trace, so the request gets a new one', async () => {
	const traceIds = [newTraceId(), newTraceId()]
	const headers = traceIds.map((traceId) => `traceparent: ${traceparentOf(traceId)}\r\n`).join('')
	const { body } = await services.exchange(`GET /nowhere HTTP/1.1\r\nhost: shop\r\n${headers}\r\n`)
	expect(traceIds).not.toContain(body.traceId)
})

test('without an SDK the flag of a client goes no further: the trace of an event is not sampled', async () => {
	const traceId = newTraceId()
	const sku = await services.catalog.createProduct()
	const headers = { traceparent: traceparentOf(traceId), 'idempotency-key': randomUUID() }
	const { body } = await services.place(orderOf(sku), { headers })
	await eventually(async () => {
		const reader = { token: token(newCustomer(), 'events:read') }
		const page = await services.get(`/v1/events?orderId=${body.id}`, reader)
		expect(page.body.events[0]?.event.traceparent).toMatch(new RegExp(`^00-${traceId}-.*-00$`))
	})
})

test('the catalog gets the trace of the request, so the logs of both services tell of one order under one trace id', async () => {
	const traceId = newTraceId()
	const sku = await services.catalog.createProduct()
	const headers = { traceparent: traceparentOf(traceId), 'idempotency-key': randomUUID() }
	const answer = await services.place(orderOf(sku), { headers })
	expect(answer.status).toBe(201)
	expect(await requestLine(traceId)).toMatchObject({ status: 201, orderId: answer.body.id })
	await eventually(() =>
		expect(lines).toContainEqual(
			expect.objectContaining({ service: 'catalog', msg: 'call', traceId, orderIds: [answer.body.id] }),
		),
	)
})
