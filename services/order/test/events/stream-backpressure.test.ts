import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createPacedTurns } from '@mercat/rest-service/paced-turns'
import { createStreamPlaces } from '@mercat/rest-service/stream-places'
import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'
import { openEventTail } from '../../src/events/event-tail.ts'
import { createLogReader } from '../../src/events/log-reader.ts'
import { createEventStreams } from '../../src/events/readers/event-streams.ts'
import { openStores } from '../open-stores.ts'
import { orderWrite } from '../order-write.ts'

const kilobytes = 1024
const eventBytes = 20 * kilobytes

/** A server whose answers are streams of a log of `count` large events. */
async function startStreams(count: number, unreadMs?: number) {
	await using opened = new AsyncDisposableStack()
	const { eventLogStore, placingStore } = opened.use(await openStores('postgres'))
	const metadata = { text: 'x'.repeat(eventBytes) }
	for (let written = 0; written < count; written += 50) {
		const ids = Array.from({ length: Math.min(50, count - written) }, () => randomUUID())
		await placingStore.insertOrders(
			ids.map((id) => {
				const { order, ...rest } = orderWrite(id, 'mine')
				return { ...rest, order: { ...order, details: { metadata } } }
			}),
		)
	}
	await eventLogStore.assignPositions(1_000)
	const tail = opened.use(await openEventTail({ ...eventLogStore, onPositions: () => () => {} }))
	const readLog = createLogReader({ tail, readPage: eventLogStore.readPage }, { most: 1, rests: true, farFrom: 'tail' })
	const places = createStreamPlaces({ maxStreams: 500 })
	const streams = opened.use(
		createEventStreams({ tail, readLog, places, turns: createPacedTurns(), log: { warn() {} } }, { unreadMs }),
	)
	const responses = new Set<ServerResponse>()
	const server = createServer((request, response) => {
		responses.add(response)
		const options = { after: 0, filter: {}, client: randomUUID(), expiresAt: Number.POSITIVE_INFINITY }
		const close = streams.open(options, () => response)
		request.socket.once('close', () => {
			responses.delete(response)
			close()
		})
	}).listen(0, '127.0.0.1')
	opened.defer(() => void server.close())
	await once(server, 'listening')
	const { port } = server.address() as AddressInfo
	const resources = opened.move()
	return {
		/** Opens a stream that is not read. */
		async open(): Promise<IncomingMessage> {
			const sent = get({ port, host: '127.0.0.1', agent: false })
			const [answer] = (await once(sent, 'response')) as [IncomingMessage]
			answer.on('error', () => {})
			return answer
		},
		/** The bytes that wait for each reader. */
		buffered: () => [...responses].map(({ writableLength }) => writableLength),
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

function countEvents(answer: IncomingMessage): () => number {
	let events = 0
	let rest = ''
	answer.setEncoding('latin1').on('data', (text: string) => {
		const parts = (rest + text).split('\nevent: ')
		events += parts.length - 1
		rest = parts.at(-1)?.slice(-10) ?? ''
	})
	return () => events
}

test('readers that do not read hold one chunk each, and another reader gets everything meanwhile', async () => {
	await using server = await startStreams(500)
	const paused: IncomingMessage[] = []
	for (let opened = 0; opened < 50; opened++) paused.push(await server.open())
	// The operating system takes what its buffers hold. After that each stream waits with a chunk.
	await eventually(() => expect(server.buffered().filter((bytes) => bytes > 0)).toHaveLength(50))
	const reading = await server.open()
	const events = countEvents(reading)
	await eventually(() => expect(events()).toBe(500))
	const oneChunk = 32 * kilobytes + eventBytes + 2 * kilobytes
	for (const bytes of server.buffered()) expect(bytes).toBeLessThan(oneChunk)
	// A paused reader goes on where it was.
	const late = countEvents(paused[7] as IncomingMessage)
	await eventually(() => expect(late()).toBe(500))
	for (const answer of [...paused, reading]) answer.destroy()
}, 300_000)

test('a stream that is not read for a while is closed, and one that is read slowly is not', async () => {
	await using server = await startStreams(400, 2_000)
	const paused = await server.open()
	const slow = await server.open()
	let closed = 0
	for (const answer of [paused, slow]) answer.once('close', () => closed++)
	await eventually(() => expect(server.buffered().filter((bytes) => bytes > 0)).toHaveLength(2))
	let received = 0
	const reading = setInterval(() => {
		received += (slow.read() as Buffer | null)?.length ?? 0
	}, 50)
	await eventually(() => expect(server.buffered()).toHaveLength(1))
	await eventually(() => expect(received).toBeGreaterThan(400 * eventBytes))
	expect(server.buffered()).toHaveLength(1)
	clearInterval(reading)
	for (const answer of [paused, slow]) answer.destroy()
}, 300_000)
