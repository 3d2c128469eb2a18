import { startExchange } from '@mercat/market-exchange/exchange'
import { register } from '@mercat/service/metrics'
import { eventually } from '@mercat/testing/eventually'
import { readSamples, readValue } from '@mercat/testing/read-samples'
import { expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { followTestSource } from './follow-test-source.ts'
import { rawMessage, startRawSource } from './start-raw-source.ts'

/** The value of a metric of a source. */
async function metric(name: string, source: string, labels?: { reason: string }): Promise<number | undefined> {
	return readValue(readSamples(await register.metrics()), `mercat_source_${name}`, { source, ...labels })
}

test('a source that sends nothing and answers no ping is dead, and is connected again', async () => {
	await using exchange = await startExchange({ answersPings: false })
	await using source = followTestSource(exchange.url, { pingMs: 40, silentMs: 100 })
	source.takeAll()
	await eventually(() => expect(exchange.subscriptions.length).toBeGreaterThan(2))
	expect(source.lines).toContainEqual(expect.objectContaining({ reason: 'silent' }))
})

test('a source that is quiet and answers pings stays connected', async () => {
	let pings = 0
	await using source = await startRawSource((socket) => {
		socket.send(rawMessage(1, { snapshot: true }))
		socket.on('ping', () => pings++)
	})
	await using followed = followTestSource(source.url, { pingMs: 40, silentMs: 100 })
	await eventually(() => expect(pings).toBeGreaterThan(8))
	expect(source.asked).toHaveLength(1)
	expect(followed.status().isConnected).toBe(true)
})

test('a source that is not read because the queue is full is told that this end lives, and is not taken for dead', async () => {
	let pongs = 0
	const count = 3_000
	await using source = await startRawSource((socket) => {
		socket.on('pong', () => pongs++)
		for (let seq = 1; seq <= count; seq++) socket.send(rawMessage(seq, { snapshot: seq === 1 }))
	})
	await using followed = followTestSource(source.url, { mostTicks: 100, pingMs: 40, silentMs: 100 })
	await eventually(() => expect(pongs).toBeGreaterThan(4))
	expect(followed.status()).toMatchObject({ isPaused: true, isConnected: true })
	expect(source.asked).toHaveLength(1)
	followed.takeAll()
	await eventually(() => expect(followed.seqs()).toHaveLength(count))
	expect(followed.seqs()).toEqual(Array.from({ length: count }, (_, index) => index + 1))
	expect(source.asked).toHaveLength(1)
})

test('while nobody takes, the queue stays at its bound, and afterwards everything comes', async () => {
	await using exchange = await startExchange({ keptMessages: 100_000 })
	const ticks = Array.from({ length: 10 }, (_, index) => ({
		...{ sku: `MUG-${index}`, price: 1_290, currency: 'EUR', available: 5, at: 1_764_500_000_000 },
	}))
	exchange.publish(ticks)
	await using source = followTestSource(exchange.url, { mostTicks: 1_000 })
	await eventually(() => expect(source.status().position).toBe(1))
	let most = 0
	for (let turn = 0; turn < 200; turn++) {
		for (let index = 0; index < 50; index++) exchange.publish(ticks)
		await new Promise(setImmediate)
		most = Math.max(most, source.status().waitingTicks)
	}
	// A part of the network's data that had been read already comes after the queue is full.
	const partOfNetwork = 65_536 / (JSON.stringify(ticks).length / ticks.length)
	expect(most).toBeGreaterThan(900)
	expect(most).toBeLessThan(1_000 + 2 * partOfNetwork)
	expect(source.status().isPaused).toBe(true)
	expect(await metric('pauses_total', source.name)).toBe(1)
	expect(await metric('paused', source.name)).toBe(1)
	source.takeAll()
	await eventually(() => expect(source.taken).toHaveLength(10_001))
	expect(source.seqs()).toEqual(Array.from({ length: 10_001 }, (_, index) => index + 1))
	expect(await metric('ticks_total', source.name)).toBe(100_010)
	expect(exchange.subscriptions).toHaveLength(1)
})

test('a connection ends when the last hundred messages were all bad', async () => {
	const send = (socket: WebSocket, bad: number) => {
		for (let index = 0; index < bad; index++) socket.send('pong')
	}
	await using source = await startRawSource((socket, index) => {
		if (index > 0) return void socket.send(rawMessage(2))
		socket.send(rawMessage(1, { snapshot: true }))
		send(socket, 99)
		socket.send(rawMessage(1))
		send(socket, 99)
		socket.send(rawMessage(1, { ticks: [null] }))
	})
	await using followed = followTestSource(source.url)
	followed.takeAll()
	await eventually(() => expect(followed.seqs()).toEqual([1, 2]))
	expect(source.asked).toEqual(['/', '/?after=1'])
	expect(followed.lines).toContainEqual(expect.objectContaining({ reason: 'bad' }))
	const bad = followed.lines.filter(({ msg }) => msg === 'a source sends messages that cannot be read')
	expect(bad).toEqual([expect.objectContaining({ source: followed.name, reason: 'json', sample: 'pong', count: 1 })])
	expect(await metric('bad_messages_total', followed.name, { reason: 'json' })).toBe(198)
	expect(await metric('duplicates_total', followed.name)).toBe(2)
	expect(await metric('connections_ended_total', followed.name, { reason: 'bad' })).toBe(1)
})

test('a message whose ticks are all bad leaves no gap, and its ticks are counted', async () => {
	await using source = await startRawSource((socket) => {
		socket.send(rawMessage(1, { snapshot: true }))
		socket.send(rawMessage(2, { ticks: [null, { sku: 'MUG-1' }] }))
		socket.send(rawMessage(3, { ticks: 'none' }))
		socket.send(rawMessage(4))
	})
	await using followed = followTestSource(source.url)
	followed.takeAll()
	await eventually(() => expect(followed.seqs()).toEqual([1, 2, 3, 4]))
	expect(await metric('bad_ticks_total', followed.name, { reason: 'form' })).toBe(1)
	expect(await metric('bad_ticks_total', followed.name, { reason: 'currency' })).toBe(1)
	expect(await metric('bad_messages_total', followed.name, { reason: 'ticks' })).toBe(1)
})

test('a message that is too large ends its connection', async () => {
	await using source = await startRawSource((socket, index) => {
		socket.send(rawMessage(1, { snapshot: true }))
		if (index === 0) socket.send(rawMessage(2, { padding: 'x'.repeat(2_000) }))
	})
	await using followed = followTestSource(source.url, { mostMessageBytes: 2_000 })
	followed.takeAll()
	await eventually(() => expect(source.asked).toHaveLength(2))
	expect(followed.lines).toContainEqual(expect.objectContaining({ why: 'Max payload size exceeded' }))
})

test('prices are stale when no message that can be used has come for as long as the settings say', async () => {
	await using source = await startRawSource((socket) => socket.send(rawMessage(1, { snapshot: true })))
	await using followed = followTestSource(source.url, { settings: { staleAfterS: 0.5 } })
	await eventually(() => expect(followed.status().position).toBe(1))
	expect(followed.status().isStale).toBe(false)
	let seq = 1
	const timer = setInterval(() => source.sockets[0]?.send(rawMessage(++seq, { ticks: [null] })), 20)
	await eventually(() => expect(followed.status().isStale).toBe(true))
	expect(followed.status().position).toBeGreaterThan(10)
	clearInterval(timer)
	expect(await metric('stale', followed.name)).toBe(1)
	source.sockets[0]?.send(rawMessage(++seq, { ticks: [] }))
	await eventually(() => expect(followed.status().isStale).toBe(false))
	await followed[Symbol.asyncDispose]()
	expect(await metric('stale', followed.name)).toBeUndefined()
})
