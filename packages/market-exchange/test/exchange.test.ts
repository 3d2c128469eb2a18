import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'
import { startExchange } from '../src/exchange.ts'
import type { ExchangeTick } from '../src/exchange-tick.ts'
import { randomFrom } from '../src/random.ts'
import { subscribe } from './subscribe.ts'

const tick = (sku = 'MUG-1', price = 1_290): ExchangeTick => ({ sku, price, currency: 'EUR', available: 5, at: 7 })
const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index)

test('a new subscriber gets the newest tick of each sku as a snapshot, and then each message', async () => {
	await using exchange = await startExchange()
	exchange.publish([tick('MUG-1', 1_000), tick('MUG-2', 2_000)])
	exchange.publish([tick('MUG-1', 1_100)])
	const { messages } = await subscribe(exchange.url)
	exchange.publish([tick('MUG-2', 2_100)])
	await eventually(() => expect(messages()).toHaveLength(2))
	expect(messages()).toEqual([
		{ seq: 2, snapshot: true, ticks: [tick('MUG-1', 1_100), tick('MUG-2', 2_000)] },
		{ seq: 3, ticks: [tick('MUG-2', 2_100)] },
	])
})

test.each([
	[6, [7, 8, 9], false],
	[9, [], false],
	[5, [9], true],
	[10, [9], true],
])('a subscriber that has message %i of 9, of which 3 are kept, gets %j', async (after, seqs, isSnapshot) => {
	await using exchange = await startExchange({ keptMessages: 3 })
	for (let index = 0; index < 9; index++) exchange.publish([tick()])
	const { messages } = await subscribe(exchange.url, after)
	exchange.publish([tick()])
	await eventually(() => expect(messages().map(({ seq }) => seq)).toEqual([...seqs, 10]))
	expect(messages()[0]?.snapshot === true).toBe(isSnapshot)
})

test('a subscriber that does not read gets all that is kept as soon as it reads, and costs no memory for more', async () => {
	await using exchange = await startExchange({ keptMessages: 50 })
	const large = Array.from({ length: 2_000 }, (_, index) => tick(`MUG-${index}`))
	exchange.publish(large)
	const { socket, messages } = await subscribe(exchange.url, 0)
	await eventually(() => expect(messages()).toHaveLength(1))
	expect(exchange.behind()).toBe(0)
	socket.pause()
	for (let index = 0; index < 400; index++) exchange.publish(large)
	expect(exchange.behind()).toBeGreaterThan(300)
	socket.resume()
	await eventually(() => expect(messages().at(-1)?.seq).toBe(401))
	expect(exchange.behind()).toBe(0)
	const numbers = messages().map(({ seq }) => seq)
	expect(numbers.length).toBeLessThan(401)
	const snapshots = messages().filter(({ snapshot }) => snapshot)
	expect(snapshots.length).toBeGreaterThan(0)
})

test('faults are left-out, late and repeated messages and garbage, and another subscription mends them', async () => {
	const faults = { gaps: 0.1, reordered: 0.1, duplicates: 0.1, garbage: 0.1, random: randomFrom(5) }
	await using exchange = await startExchange({ faults })
	const { texts } = await subscribe(exchange.url, 0)
	for (let index = 0; index < 300; index++) exchange.publish([tick()])
	const numbers = () =>
		texts.filter((text) => /^\{"seq":\d+,"ticks":\[\{/.test(text)).map((text) => JSON.parse(text).seq)
	await eventually(() => expect(Math.max(...numbers())).toBeGreaterThan(295))
	await eventually(() => expect(new Set(numbers()).size).toBeGreaterThan(240))
	expect(new Set(numbers()).size).toBeLessThan(290)
	expect(numbers().length).toBeGreaterThan(new Set(numbers()).size)
	expect(numbers()).not.toEqual(numbers().toSorted((one, other) => one - other))
	expect(texts.length).toBeGreaterThan(numbers().length)
})

test('a message that is held back comes, also when none follows it', async () => {
	await using exchange = await startExchange({ faults: { reordered: 1, random: randomFrom(1) } })
	const { messages } = await subscribe(exchange.url, 0)
	for (const seq of [1, 2, 3]) expect(exchange.publish([tick()])).toBe(seq)
	await eventually(() =>
		expect(
			messages()
				.map(({ seq }) => seq)
				.toSorted(),
		).toEqual(from(1, 3)),
	)
})

test('a cut ends all connections without a word', async () => {
	await using exchange = await startExchange()
	const subscribers = await Promise.all([subscribe(exchange.url), subscribe(exchange.url)])
	const codes = subscribers.map(({ socket }) => new Promise((resolve) => socket.on('close', resolve)))
	await eventually(() => expect(exchange.subscribers()).toBe(2))
	expect(exchange.cut()).toBe(2)
	expect(await Promise.all(codes)).toEqual([1006, 1006])
	expect(exchange.counts()).toMatchObject({ subscriptions: 2, cuts: 2, snapshots: 2 })
})

test('the record has each message once, and each snapshot', async () => {
	const record: string[] = []
	await using exchange = await startExchange({ record: (text) => record.push(text) })
	exchange.publish([tick()], [null])
	const { texts } = await subscribe(exchange.url)
	await subscribe(exchange.url)
	await eventually(() => expect(record).toHaveLength(3))
	expect(JSON.parse(record[0] as string)).toEqual({ seq: 1, ticks: [null, tick()] })
	await eventually(() => expect(texts).toEqual([record[1]]))
	expect(record[2]).toBe(record[1])
})
