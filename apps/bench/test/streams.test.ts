import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eventually } from '@mercat/testing/eventually'
import { expect, onTestFinished, test } from 'vitest'
import { createDataLineCounter } from '../src/streams/data-lines.ts'
import { openStream } from '../src/streams/open-stream.ts'

async function listen(listener: RequestListener): Promise<string> {
	const server = createServer(listener)
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
	onTestFinished(() => {
		server.closeAllConnections()
		server.close()
	})
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('every event is counted once, wherever the chunks of its stream begin and end', () => {
	const event = (id: number) => `id: ${id}\ndata: {"id":"data:","reference":"\\ndata:"}\n\n`
	const text = Buffer.from(`data: {}\n\n: comment\n\n${event(7)}${event(8)}id: 9\n\n${event(10)}`)
	for (let size = 1; size <= text.length; size++) {
		const counter = createDataLineCounter()
		for (let start = 0; start < text.length; start += size) counter.add(text.subarray(start, start + size))
		expect(counter.count(), `chunks of ${size} bytes`).toBe(4)
	}
})

test('a stream asks for its path and counts the events until it ends', async () => {
	const asked: unknown[] = []
	const origin = await listen(({ url, headers }, response) => {
		asked.push(url, headers.accept, headers.authorization)
		response.writeHead(200, { 'content-type': 'text/event-stream' })
		response.end('id: 1\ndata: {}\n\nid: 2\ndata: {}\n\n')
	})
	using stream = await openStream({ origin, authorization: 'Bearer t', path: '/v1/events?after=7', reads: true })
	await eventually(() => expect(stream.hasEnded()).toBe(true))
	expect(stream.events()).toBe(2)
	expect(asked).toEqual(['/v1/events?after=7', 'text/event-stream', 'Bearer t'])
})

test('a stream that is refused is an error with the status', async () => {
	const origin = await listen((_request, response) => response.writeHead(429).end())
	await expect(openStream({ origin, authorization: '', path: '/v1/events?after=now', reads: true })).rejects.toThrow(
		'answered 429',
	)
})

test('the server of a stream that is not read must wait, and that of another one goes on', async () => {
	const event = `data: ${'x'.repeat(64 * 1024)}\n\n`
	const sent = { reads: 0, silent: 0 }
	const origin = await listen((request, response) => {
		const name = request.headers.authorization as keyof typeof sent
		const send = () => {
			do sent[name]++
			while (response.write(event) && !response.destroyed)
		}
		response.on('drain', send)
		send()
	})
	using silent = await openStream({ origin, authorization: 'silent', path: '/v1/events?after=now', reads: false })
	using reader = await openStream({ origin, authorization: 'reads', path: '/v1/events?after=now', reads: true })
	await eventually(() => expect(reader.events()).toBeGreaterThan(1_000))
	// All that waits on its way fits into the buffers of the two sockets.
	expect(sent.silent).toBeLessThan(500)
	expect(silent.events()).toBe(0)
	expect(silent.hasEnded()).toBe(false)
})
