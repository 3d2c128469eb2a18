import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eventually } from '@mercat/testing/eventually'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { openConsole } from '../src/console/open-console.ts'

beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
afterEach(() => vi.useRealTimers())

/** A server of the three routes that a console reads; `refused` is answered with 503. */
async function serveShop(refused?: string) {
	const asked: string[] = []
	const server = createServer(({ url = '', headers }, response) => {
		asked.push(`${headers.authorization} ${url}`)
		if (url === refused) return response.writeHead(503).end()
		if (url !== '/v1/status/stream') return response.end(JSON.stringify({ orders: [{ id: 'newest' }] }))
		return response.writeHead(200).write('event: status\ndata: {}\n\nevent: status\ndata: {}\n\n')
	})
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
	onTestFinished(() => {
		server.closeAllConnections()
		server.close()
	})
	return { asked, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test('an open console reads the status as a stream, a page each second, and an explanation each five seconds', async () => {
	const { origin, asked } = await serveShop()
	using opened = await openConsole({ origin, authorization: 'Bearer t' })
	for (let second = 1; second < 10; second++) {
		await eventually(() => expect(opened.report().pages).toBeGreaterThanOrEqual(second), { interval: 5 })
		vi.advanceTimersByTime(1_000)
	}
	await eventually(() => expect(opened.report().explanations).toBe(2), { interval: 5 })
	const { statuses, pages, failures } = opened.report()
	expect({ statuses, failures }).toEqual({ statuses: 2, failures: {} })
	expect(pages).toBe(10)
	expect(new Set(asked)).toEqual(
		new Set(['Bearer t /v1/status/stream', 'Bearer t /v1/orders?pageSize=50', 'Bearer t /v1/explain?order=newest']),
	)
})

test('an answer other than 200 is a failure, by path and status', async () => {
	const { origin } = await serveShop('/v1/orders?pageSize=50')
	using opened = await openConsole({ origin, authorization: '' })
	await eventually(() => expect(opened.report().failures).toEqual({ '/v1/orders 503': 1 }), { interval: 50 })
})

test('the counts of a console go on where the console before it has ended', async () => {
	const { origin } = await serveShop()
	const before = { statuses: 10, pages: 4, explanations: 1, failures: { 'x 500': 1 } }
	using opened = await openConsole({ origin, authorization: '' }, before)
	await eventually(
		() => {
			expect(opened.report()).toEqual({ statuses: 12, pages: 5, explanations: 2, failures: { 'x 500': 1 } })
		},
		{ interval: 50 },
	)
})
