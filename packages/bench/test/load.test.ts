import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type Pace, runHttpLoad } from '../src/load/http-load.ts'
import { httpRequests } from '../src/load/http-requests.ts'

const secret = 'the secret of tests, long enough'

async function loadOf(pace: Pace, listener: RequestListener) {
	await using opened = new AsyncDisposableStack()
	const server = opened.adopt(createServer(listener), (listening) => {
		listening.closeAllConnections()
		listening.close()
	})
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
	return await runHttpLoad(origin, pace, httpRequests({ place: ['SKU-1', 'SKU-2', 'SKU-3'] }, secret), 201)
}

test('every order has an idempotency key of its own', async () => {
	const keys = new Set<unknown>()
	const load = await loadOf({ clients: 4, requests: 200 }, (request, response) => {
		keys.add(request.headers['idempotency-key'])
		response.writeHead(201).end()
	})
	expect(load).toMatchObject({ completed: 200, failures: {} })
	expect(keys.size).toBe(200)
})

test('an answer other than 201 counts as a failure, by its status', async () => {
	let count = 0
	const load = await loadOf({ clients: 4, requests: 100 }, (_request, response) => {
		response.writeHead(count++ % 10 === 0 ? 503 : 201).end()
	})
	expect(load).toMatchObject({ completed: 90, failures: { 503: 10 } })
})

test('in an open loop a stall is waited for by every request that was due meanwhile', async () => {
	const stallMs = 500
	let stall: Promise<void> | undefined
	const load = await loadOf({ ratePerSecond: 100, seconds: 1 }, async (_request, response) => {
		stall ??= sleep(stallMs)
		await stall
		response.writeHead(201).end()
	})
	expect(load).toMatchObject({ completed: 100, failures: {} })
	// Requests came at a constant rate during the stall, so half of all waited, on average for half of it.
	expect(load.p99Ms).toBeGreaterThan(0.9 * stallMs)
})
