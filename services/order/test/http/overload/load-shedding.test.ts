import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { describe, expect, test, vi } from 'vitest'
import { createLoadShedding } from '../../../src/http/overload/load-shedding.ts'

const place = (body = '{}', headers = '') =>
	`POST /v1/orders HTTP/1.1\r\nhost: shop\r\n${headers}content-length: ${body.length}\r\n\r\n${body}`
const ask = (path: string) => `GET ${path} HTTP/1.1\r\nhost: shop\r\n\r\n`

/** A server that lets in `mostInFlight` requests, and answers those only when it is told to. */
async function startServer(mostInFlight: number, isDraining = false) {
	const letIn: ServerResponse[] = []
	const paths: (string | undefined)[] = []
	const warnings: object[] = []
	const log = { warn: (facts: object) => void warnings.push(facts) } as unknown as { warn: () => void }
	const shedLoad = createLoadShedding({
		mostInFlight,
		bodyLimitBytes: 1_000,
		isBehindProxy: false,
		corsOrigins: ['https://shop.example'],
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
		/** What was answered since it was last asked, when there is something. */
		async answer() {
			await vi.waitUntil(() => /\r\n\r\n./s.test(received), { timeout: 10_000 })
			const [head = '', body = ''] = received.split('\r\n\r\n')
			received = ''
			return { head: head.toLowerCase(), body: JSON.parse(body) }
		},
	}
}

describe('when as many requests are under way as there may be, one more', () => {
	test('is refused at once, is told when to come again, and keeps its connection', async () => {
		await using server = await startServer(1)
		const [first, second] = [await server.connect(), await server.connect()]
		first.send(place())
		await vi.waitUntil(() => server.letIn.length === 1)
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

	test('is let in as soon as one is answered', async () => {
		await using server = await startServer(1)
		const [first, second] = [await server.connect(), await server.connect()]
		first.send(place())
		await vi.waitUntil(() => server.letIn.length === 1)
		second.send(place())
		expect((await second.answer()).body).toMatchObject({ code: 'OVERLOADED' })
		server.letIn[0]?.end('1')
		await first.answer()
		second.send(place())
		await vi.waitUntil(() => server.letIn.length === 2)
	})

	test('is let in as soon as a client has left', async () => {
		await using server = await startServer(1)
		const [first, second] = [await server.connect(), await server.connect()]
		first.send(place())
		await vi.waitUntil(() => server.letIn.length === 1)
		first.socket.destroy()
		await once(server.letIn[0] as ServerResponse, 'close')
		second.send(place())
		await vi.waitUntil(() => server.letIn.length === 2)
	})

	test('is let in after a client that sent many ahead has broken off', async () => {
		await using server = await startServer(3)
		const [first, second] = [await server.connect(), await server.connect()]
		// Of the answers that wait for their turn behind others Node never says that they are over.
		first.send(`${ask('/a')}${ask('/b')}${ask('/c')}CONNECT shop:1 HTTP/1.1\r\nhost: shop\r\n\r\n`)
		await once(first.socket, 'close')
		for (const response of server.letIn) response.end('1')
		for (const path of ['/d', '/e', '/f']) second.send(ask(path))
		await vi.waitUntil(() => server.letIn.length === 6)
	})

	test('is refused to a client that has sent many ahead, for whom no more is read', async () => {
		await using server = await startServer(100)
		const client = await server.connect()
		client.send(ask('/ahead').repeat(20))
		await vi.waitUntil(() => server.letIn.length === 16)
		for (const response of server.letIn) response.end('1')
		await once(client.socket, 'close')
		expect(server.letIn).toHaveLength(16)
		expect(client.refusals()).toBe(1)
	})

	test('loses its connection when what is left of its body is too long to be read', async () => {
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

	test('is refused however its path is spelled', async () => {
		await using server = await startServer(0)
		for (const path of ['/%761/orders', 'http://shop/v1/orders', '/', '/v2', '/readiness']) {
			const client = await server.connect()
			client.send(ask(path))
			expect((await client.answer()).body).toMatchObject({ code: 'OVERLOADED' })
		}
	})

	test('is refused with the headers of every answer, also for a page of another origin that may ask', async () => {
		await using server = await startServer(0)
		const client = await server.connect()
		client.send(place('{}', 'origin: https://shop.example\r\n'))
		const { head } = await client.answer()
		expect(head).toContain('\r\nx-content-type-options: nosniff\r\n')
		expect(head).toContain('\r\naccess-control-allow-origin: https://shop.example\r\n')
		client.send(place('{}', 'origin: https://other.example\r\n'))
		expect((await client.answer()).head).not.toContain('access-control')
	})

	test('is sent to another connection while the service drains', async () => {
		await using server = await startServer(0, true)
		const client = await server.connect()
		client.send(place())
		expect((await client.answer()).head).toContain('\r\nconnection: close')
	})

	test('is let in where it asks for health or for a page', async () => {
		await using server = await startServer(0)
		for (const path of ['/livez', '/readyz', '/docs', '/openapi.json', '/problems/overloaded']) {
			const client = await server.connect()
			client.send(ask(path))
		}
		await vi.waitUntil(() => server.letIn.length === 5)
	})
})

test('in a flood a connection is not read for a while, and then again', { timeout: 20_000 }, async () => {
	await using server = await startServer(0)
	const client = await server.connect()
	let answered = 0
	client.socket.on('data', (text: string) => {
		answered += text.split('HTTP/1.1 503').length - 1
		client.send(place())
	})
	client.send(place())
	await vi.waitUntil(() => server.warnings.length === 2, { timeout: 10_000 })
	const [first, second] = server.warnings as [{ refused: number }, { refused: number }]
	expect(first.refused).toBeLessThan(600)
	expect(second.refused).toBeGreaterThan(0)
	expect(answered).toBeGreaterThan(first.refused)
})

test('in a flood connections take turns: who was answered is read after those who wait', async () => {
	await using server = await startServer(2)
	const [other, first, second, third] = (await Promise.all([1, 2, 3, 4].map(() => server.connect()))) as [
		Client,
		Client,
		Client,
		Client,
	]
	const isLetIn = (path: string) => vi.waitUntil(() => server.paths.includes(path), { interval: 5 })
	other.send(ask('/other'))
	await isLetIn('/other')
	first.send(ask('/first'))
	await isLetIn('/first')
	second.send(ask('/refused').repeat(600))
	await vi.waitUntil(() => second.refusals() === 600)
	second.send(ask('/second'))
	server.letIn[1]?.end('1')
	await isLetIn('/second')
	first.send(ask('/first-again'))
	// By now the server would have read that, if it read it.
	third.send(ask('/livez'))
	await isLetIn('/livez')
	server.letIn[2]?.end('1')
	await isLetIn('/first-again')
	expect(server.paths).toEqual(['/other', '/first', '/second', '/livez', '/first-again'])
})

test('when a flood is over, every connection is read at once', async () => {
	await using server = await startServer(1)
	const [first, second] = [await server.connect(), await server.connect()]
	first.send(ask('/first'))
	await vi.waitUntil(() => server.letIn.length === 1)
	second.send(ask('/refused').repeat(600))
	await vi.waitUntil(() => second.refusals() === 600)
	server.letIn[0]?.end('1')
	await first.answer()
	first.send(ask('/livez'))
	second.send(ask('/livez'))
	await vi.waitUntil(() => server.letIn.length === 3, { timeout: 1_000 })
})
