import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createHttpConnections } from '../src/load/http-connections.ts'
import { runHttpLoad } from '../src/load/http-load.ts'
import { httpRequests } from '../src/load/http-requests.ts'
import { openLoop, type Pace } from '../src/load/pace.ts'

const secret = 'the secret of tests, long enough'

async function listen(listener: RequestListener): Promise<Disposable & { origin: string }> {
	const server = createServer(listener)
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		[Symbol.dispose]() {
			server.closeAllConnections()
			server.close()
		},
	}
}

function answer(response: ServerResponse, status: number): void {
	response.writeHead(status, { 'content-length': 0 }).end()
}

async function loadOf(pace: Pace, listener: RequestListener) {
	using server = await listen(listener)
	const { origin } = server
	return await runHttpLoad(origin, pace, httpRequests({ place: ['SKU-1', 'SKU-2', 'SKU-3'] }, secret), 201)
}

test('every order has an idempotency key of its own', async () => {
	const keys = new Set<unknown>()
	const load = await loadOf({ clients: 4, requests: 200 }, (request, response) => {
		keys.add(request.headers['idempotency-key'])
		answer(response, 201)
	})
	expect(load).toMatchObject({ completed: 200, failures: {} })
	expect(keys.size).toBe(200)
})

test('a response with another status than 201 counts as a failure, by its status', async () => {
	let count = 0
	const load = await loadOf({ clients: 4, requests: 100 }, (_request, response) => {
		answer(response, count++ % 10 === 0 ? 503 : 201)
	})
	expect(load).toMatchObject({ completed: 90, failures: { 503: 10 } })
})

test('a response without content-length counts as a failure', async () => {
	const load = await loadOf({ clients: 2, requests: 10 }, (_request, response) => {
		response.writeHead(201).end('as long as it is')
	})
	expect(load).toMatchObject({ completed: 0, failures: { NO_LENGTH: 10 } })
})

test('in an open loop, a stall adds to the latency of every request that was due during it', async () => {
	const stallMs = 500
	let stall: Promise<void> | undefined
	const load = await loadOf({ ratePerSecond: 100, seconds: 1 }, async (_request, response) => {
		stall ??= sleep(stallMs)
		await stall
		answer(response, 201)
	})
	expect(load).toMatchObject({ completed: 100, failures: {} })
	// Requests arrived at a constant rate during the stall. So half of all requests waited, half of it on average.
	expect(load.p99Ms).toBeGreaterThan(0.9 * stallMs)
})

test('an open loop drops the requests that it had no room to send by its end', async () => {
	let sent = 0
	const answered: (() => void)[] = []
	const load = openLoop(
		(_dueAt, done) => {
			sent++
			answered.push(done)
		},
		1_000,
		0.1,
		() => sent < 10,
	)
	await sleep(150)
	for (const done of answered) done()
	await load
	expect(sent).toBe(10)
})

test('a connection is opened when none is free, reused, and replaced after the server closes it', async () => {
	const ports = new Set<unknown>()
	using server = await listen(async (request, response) => {
		ports.add(request.socket.remotePort)
		response.writeHead(request.url === '/last' ? 503 : 201, {
			'content-length': 4,
			...(request.url === '/last' ? { connection: 'close' } : {}),
		})
		response.write('ha')
		await sleep(20)
		response.end('lf')
	})
	using connections = createHttpConnections(server.origin, 2)
	const ask = (path: string) =>
		new Promise((resolve) => connections.ask(`GET ${path} HTTP/1.1\r\nhost: test\r\n\r\n`, resolve))

	const both = [ask('/'), ask('/last')]
	expect(connections.hasRoom()).toBe(false)
	expect(await Promise.all(both)).toEqual([201, 503])
	expect(ports.size).toBe(2)
	expect(await ask('/')).toBe(201)
	expect(ports.size).toBe(2)
	expect(await Promise.all([ask('/'), ask('/')])).toEqual([201, 201])
	expect(ports.size).toBe(3)
})
