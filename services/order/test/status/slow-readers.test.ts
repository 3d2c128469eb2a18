import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createStreamPlaces } from '@mercat/rest-service/stream-places'
import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'
import { exampleStatus } from '../../src/openapi/example-status.ts'
import { createStatusStreams } from '../../src/status/status-streams.ts'

const padding = 'x'.repeat(10_000)

/** A server whose answers are streams, and the function that sends the next status to all of them. */
async function startStreams(unreadMs?: number) {
	const opened = new AsyncDisposableStack()
	const followers = new Set<(text: string) => void>()
	const feed = {
		recent: () => [],
		follow(onStatus: (text: string) => void) {
			followers.add(onStatus)
			return () => void followers.delete(onStatus)
		},
	}
	const places = createStreamPlaces({ maxStreams: 100 })
	const streams = opened.use(createStatusStreams({ places, feed }, { unreadMs }))
	const responses = new Set<ServerResponse>()
	const server = createServer((request, response) => {
		responses.add(response)
		const close = streams.open({ client: randomUUID(), expiresAt: Number.POSITIVE_INFINITY }, () => response)
		request.socket.once('close', () => {
			responses.delete(response)
			close()
		})
	}).listen(0, '127.0.0.1')
	opened.defer(() => void server.close())
	await once(server, 'listening')
	const { port } = server.address() as AddressInfo
	return {
		async open(): Promise<IncomingMessage> {
			const sent = get({ port, host: '127.0.0.1', agent: false })
			const [answer] = (await once(sent, 'response')) as [IncomingMessage]
			answer.on('error', () => {})
			return answer
		},
		send(number: number): void {
			for (const onStatus of followers)
				onStatus(JSON.stringify({ ...exampleStatus, streams: number, instance: padding }))
		},
		followers,
		/** The bytes that wait for each reader. */
		buffered: () => [...responses].map(({ writableLength }) => writableLength),
		[Symbol.asyncDispose]: () => opened.disposeAsync(),
	}
}

test('a reader that does not read holds one status, and misses others; another reader gets all meanwhile', async () => {
	await using server = await startStreams()
	await server.open()
	const reading = await server.open()
	let received = 0
	reading.setEncoding('utf8').on('data', (text: string) => {
		received += text.split('event: status').length - 1
	})
	// The operating system takes what its buffers hold. After that the stream waits with a status.
	for (let sent = 1; sent <= 2_000; sent++) {
		server.send(sent)
		await eventually(() => expect(received).toBe(sent), { interval: 0 })
	}
	expect(server.buffered().toSorted((one, other) => one - other)).toEqual([0, expect.closeTo(11_500, -3.5)])
})

test('a reader that leaves a status unread for long is cut off', async () => {
	await using server = await startStreams(200)
	const paused = await server.open()
	const closed = new Promise((settle) => paused.once('close', settle))
	await eventually(() => {
		for (let sent = 0; sent < 50; sent++) server.send(sent)
		expect(server.buffered()).toEqual([])
	})
	paused.resume()
	await closed
	expect(server.followers.size).toBe(0)
})
