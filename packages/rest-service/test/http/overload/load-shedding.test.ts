import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { register } from '@mercat/service/metrics'
import { eventually } from '@mercat/testing/eventually'
import { describe, expect, test } from 'vitest'
import { createLoadShedding, startStream } from '../../../src/http/overload/load-shedding.ts'

const place = (body = '{}', headers = '') =>
	`POST /v1/orders HTTP/1.1\r\nhost: shop\r\n${headers}content-length: ${body.length}\r\n\r\n${body}`
const ask = (path: string) => `GET ${path} HTTP/1.1\r\nhost: shop\r\n\r\n`

/** A server that admits `mostInFlight` requests, and leaves it to the test to answer them. */
async function startServer(mostInFlight: number, isDraining = false, corsOrigins = ['https://shop.example']) {
	const letIn: ServerResponse[] = []
	const paths: (string | undefined)[] = []
	const warnings: object[] = []
	const log = { warn: (facts: object) => void warnings.push(facts) } as unknown as { warn: () => void }
	const shedLoad = createLoadShedding({
		mostInFlight,
		bodyLimitBytes: 1_000,
		isBehindProxy: false,
		corsOrigins,
		streamPaths: ['/v1/events'],
		isDraining: () => isDraining,
		log,
	})
	const handle = shedLoad(({ url }, response) => {
		letIn.push(response)
		paths.push(url)
	})
	const server = createServer(handle).listen(0, '127.0.0.1')
	await once(server, 'listening')
	const { port } = server.address() as AddressInfo
	const clients: Client[] = []
	return {
		letIn,
		paths,
		warnings,
		async connect() {
			const client = openClient(connect(port, '127.0.0.1'))
			clients.push(client)
			return client
		},
		async [Symbol.asyncDispose]() {
			for (const { socket } of clients) socket.destroy()
			server.close()
			await once(server, 'close')
		},
	}
}

type Client = ReturnType<typeof openClient>

function openClient(socket: Socket) {
	let received = ''
	socket.setEncoding('latin1').on('data', (text: string) => {
		received += text
	})
	return {
		socket,
		send: (text: string) => socket.write(text),
		refusals: () => received.split('HTTP/1.1 503').length - 1,
		/** Waits for an answer since the last call, and returns it. */
		async answer() {
			await eventually(() => expect(received).toMatch(/\r\n\r\n./s))
			const [head = '', body = ''] = received.split('\r\n\r\n')
			received = ''
			return { head: head.toLowerCase(), body: JSON.parse(body) }
		},
	}
}

describe('a stream', () => {
	test('takes no place among the requests, and gives none back a second time when it ends', async () => {
		await using server = await startServer(1)
		const [first, second, third] = [await server.connect(), await server.connect(), await server.connect()]
		first.send(ask('/v1/events'))
		await eventually(() => expect(server.letIn.length).toBe(1))
		second.send(place())
		expect((await second.answer()).body).toMatchObject({ code: 'OVERLOADED' })
		startStream(server.letIn[0] as ServerResponse)
		second.send(place())
		await eventually(() => expect(server.letIn.length).toBe(2))
		server.letIn[0]?.end('1')
		await first.answer()
		third.send(place())
		expect((await third.answer()).body).toMatchObject({ code: 'OVERLOADED' })
	})

	test('has its connection for itself: another request before or after its start closes the connection', async () => {
		await using server = await startServer(2)
		const [early, late, other] = [await server.connect(), await server.connect(), await server.connect()]
		early.send(ask('/v1/events') + ask('/early'))
		await eventually(() => expect(server.letIn.length).toBe(2))
		startStream(server.letIn[0] as ServerResponse)
		await once(early.socket, 'close')
		late.send(ask('/v1/events'))
		await eventually(() => expect(server.letIn.length).toBe(3))
		startStream(server.letIn[2] as ServerResponse)
		late.send(ask('/livez'))
		await once(late.socket, 'close')
		expect(server.letIn).toHaveLength(3)
		// All places are free again.
		other.send(ask('/one') + ask('/two'))
		await eventually(() => expect(server.letIn.length).toBe(5))
	})
})

describe('an overload', () => {
	test('a request beyond the limit is refused at once with Retry-After and keeps its connection', async () => {
		await using server = await startServer(1)
		const [first, second] = [await server.connect(), await server.connect()]
		first.send(place())
		await eventually(() => expect(server.letIn.length).toBe(1))
		for (let time = 1; time <= 3; time++) {
			second.send(place('{}', 'traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n'))
			const { head, body } = await second.answer()
			expect(head).toMatch(/^http\/1.1 503 /)
			expect(head).toContain('\r\nretry-after: 1\r\n')
			expect(head).toContain('\r\ncontent-type: application/problem+json')
			expect(head).not.toContain('connection: close')
			expect(body).toMatchObject({
				code: 'OVERLOADED',
				status: 503,
				instance: '/v1/orders',
				traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
			})
		}
		expect(server.letIn).toHaveLength(1)
	})

	test('a request is admitted as soon as another one is answered', async () => {
		await using server = await startServer(1)
		const [first, second] = [await server.connect(), await server.connect()]
		first.send(place())
		await eventually(() => expect(server.letIn.length).toBe(1))
		second.send(place())
		expect((await second.answer()).body).toMatchObject({ code: 'OVERLOADED' })
		server.letIn[0]?.end('1')
		await first.answer()
		second.send(place())
		await eventually(() => expect(server.letIn.length).toBe(2))
	})

	test('a request is admitted as soon as the client of another one has left', async () => {
		await using server = await startServer(1)
		const [first, second] = [await server.connect(), await server.connect()]
		first.send(place())
		await eventually(() => expect(server.letIn.length).toBe(1))
		first.socket.destroy()
		await once(server.letIn[0] as ServerResponse, 'close')
		second.send(place())
		await eventually(() => expect(server.letIn.length).toBe(2))
	})

	test('requests are admitted after a client with several unanswered requests has disconnected', async () => {
		await using server = await startServer(3)
		const [first, second] = [await server.connect(), await server.connect()]
		// Node emits no `close` for a response that is queued behind others when its connection ends.
		first.send(`${ask('/a')}${ask('/b')}${ask('/c')}CONNECT shop:1 HTTP/1.1\r\nhost: shop\r\n\r\n`)
		await once(first.socket, 'close')
		for (const response of server.letIn) response.end('1')
		for (const path of ['/d', '/e', '/f']) second.send(ask(path))
		await eventually(() => expect(server.letIn.length).toBe(6))
	})

	test('a client that sends more than 16 requests ahead gets one refusal and loses its connection', async () => {
		await using server = await startServer(100)
		const client = await server.connect()
		client.send(ask('/ahead').repeat(20))
		await eventually(() => expect(server.letIn.length).toBe(16))
		for (const response of server.letIn) response.end('1')
		await once(client.socket, 'close')
		expect(server.letIn).toHaveLength(16)
		expect(client.refusals()).toBe(1)
	})

	test('a refused request with a body over the limit, or of unknown length, loses its connection', async () => {
		await using server = await startServer(0)
		for (const request of [
			place('x'.repeat(1_001)),
			place('', 'transfer-encoding: chunked\r\n').replace(/content-length.*?\r\n/, ''),
		]) {
			const client = await server.connect()
			client.send(request)
			const { head } = await client.answer()
			expect(head).toMatch(/^http\/1.1 503 /)
			expect(head).toContain('\r\nconnection: close')
		}
	})

	test('a request is refused however its path is spelled', async () => {
		await using server = await startServer(0)
		for (const path of ['/%761/orders', 'http://shop/v1/orders', '/', '/v2', '/readiness']) {
			const client = await server.connect()
			client.send(ask(path))
			expect((await client.answer()).body).toMatchObject({ code: 'OVERLOADED' })
		}
	})

	test('a refusal has the security headers, and the CORS headers for an allowed origin only', async () => {
		await using server = await startServer(0)
		const client = await server.connect()
		client.send(place('{}', 'origin: https://shop.example\r\n'))
		const { head } = await client.answer()
		expect(head).toContain('\r\nx-content-type-options: nosniff\r\n')
		expect(head).toContain('\r\naccess-control-allow-origin: https://shop.example\r\n')
		client.send(place('{}', 'origin: https://other.example\r\n'))
		expect((await client.answer()).head).not.toContain('access-control')
	})

	test('a refusal can be read by a page of any origin when every origin may call', async () => {
		await using server = await startServer(0, false, ['*'])
		const client = await server.connect()
		client.send(place('{}', 'origin: https://other.example\r\n'))
		expect((await client.answer()).head).toContain('\r\naccess-control-allow-origin: *\r\n')
	})

	test('a refusal closes the connection while the service drains', async () => {
		await using server = await startServer(0, true)
		const client = await server.connect()
		client.send(place())
		expect((await client.answer()).head).toContain('\r\nconnection: close')
	})

	test('requests for health, documentation and problem types are never refused', async () => {
		await using server = await startServer(0)
		for (const path of ['/livez', '/readyz', '/docs', '/openapi.json', '/problems/overloaded']) {
			const client = await server.connect()
			client.send(ask(path))
		}
		await eventually(() => expect(server.letIn.length).toBe(5))
	})
})

test('in a flood of requests a connection is not read for a while, and is read again later', async () => {
	await using server = await startServer(0)
	const client = await server.connect()
	let answered = 0
	client.socket.on('data', (text: string) => {
		answered += text.split('HTTP/1.1 503').length - 1
		client.send(place())
	})
	client.send(place())
	await eventually(() => expect(server.warnings.length).toBeGreaterThanOrEqual(2))
	const [first, second] = server.warnings as [{ refused: number }, { refused: number }]
	expect(first.refused).toBeLessThan(600)
	expect(second.refused).toBeGreaterThan(0)
	expect(answered).toBeGreaterThan(first.refused)
})

test('in a flood of requests a connection that was answered is read after the connections that wait', async () => {
	await using server = await startServer(2)
	const [other, first, second, third] = (await Promise.all([1, 2, 3, 4].map(() => server.connect()))) as [
		Client,
		Client,
		Client,
		Client,
	]
	const isLetIn = (path: string) => eventually(() => expect(server.paths).toContain(path))
	other.send(ask('/other'))
	await isLetIn('/other')
	first.send(ask('/first'))
	await isLetIn('/first')
	second.send(ask('/refused').repeat(600))
	await eventually(() => expect(second.refusals()).toBe(600))
	second.send(ask('/second'))
	server.letIn[1]?.end('1')
	await isLetIn('/second')
	first.send(ask('/first-again'))
	// A later request on another connection shows that the server has had the time to read `/first-again`.
	third.send(ask('/livez'))
	await isLetIn('/livez')
	server.letIn[2]?.end('1')
	await isLetIn('/first-again')
	expect(server.paths).toEqual(['/other', '/first', '/second', '/livez', '/first-again'])
})

test('every connection is read at once when a flood of requests is over', async () => {
	await using server = await startServer(1)
	const [first, second] = [await server.connect(), await server.connect()]
	first.send(ask('/first'))
	await eventually(() => expect(server.letIn.length).toBe(1))
	second.send(ask('/refused').repeat(600))
	await eventually(() => expect(second.refusals()).toBe(600))
	server.letIn[0]?.end('1')
	await first.answer()
	first.send(ask('/livez'))
	second.send(ask('/livez'))
	// A connection that is left waiting is read after two seconds.
	await eventually(() => expect(server.letIn.length).toBe(3), { timeout: 1_000 })
})

test('a scrape tells how many requests are under way', async () => {
	await using server = await startServer(2)
	const inFlight = async () =>
		(await register.getMetricsAsJSON()).find(({ name }) => name === 'mercat_requests_in_flight')
	const told = async (value: number) =>
		eventually(async () => expect(await inFlight()).toMatchObject({ values: [{ value }] }))
	await told(0)
	const [first, second] = [await server.connect(), await server.connect()]
	first.send(place())
	second.send(place())
	await told(2)
	server.letIn[0]?.end('{}')
	await told(1)
})
