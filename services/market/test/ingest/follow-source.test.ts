import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startExchange } from '@mercat/market-exchange/exchange'
import type { ExchangeTick } from '@mercat/market-exchange/exchange-tick'
import { createLog } from '@mercat/service/log'
import { addressRefusal } from '@mercat/service/target-address'
import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'
import { openSources } from '../../src/open-sources.ts'
import { defaultMap } from '../../src/settings/source-settings.ts'
import { followTestSource } from './follow-test-source.ts'
import { rawMessage, startRawSource } from './start-raw-source.ts'

const tick = (price = 1_290): ExchangeTick => ({
	sku: 'MUG-1',
	price,
	currency: 'EUR',
	available: 5,
	at: 1_764_500_000_000,
})
const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index)

test('a source begins with a snapshot, and then sends what is new', async () => {
	await using exchange = await startExchange()
	for (const price of [1_000, 1_100]) exchange.publish([tick(price)])
	await using source = followTestSource(exchange.url)
	source.takeAll()
	await eventually(() => expect(source.seqs()).toEqual([2]))
	for (const price of [1_200, 1_300]) exchange.publish([tick(price)])
	await eventually(() => expect(source.seqs()).toEqual([2, 3, 4]))
	expect(source.taken.map(({ isSnapshot, ticks }) => [isSnapshot, ticks[0]?.amountMinor])).toEqual([
		[true, 1_100],
		[false, 1_200],
		[false, 1_300],
	])
	expect(source.status()).toMatchObject({ isConnected: true, isPaused: false, isStale: false, position: 4 })
})

test('a source is asked for what follows the stored position, also behind a query of its URL', async () => {
	await using exchange = await startExchange()
	for (let index = 0; index < 9; index++) exchange.publish([tick()])
	await using source = followTestSource(`${exchange.url}?key=a%20b`, {
		position: 5,
		settings: { headers: { authorization: 'Bearer secret' } },
	})
	source.takeAll()
	await eventually(() => expect(source.seqs()).toEqual([6, 7, 8, 9]))
	expect(exchange.subscriptions).toMatchObject([{ after: 5, headers: { authorization: 'Bearer secret' } }])
	expect(exchange.counts().snapshots).toBe(0)
})

test('after a cut, a source goes on after the last message that came, taken or not', async () => {
	await using exchange = await startExchange()
	exchange.publish([tick()])
	await using source = followTestSource(exchange.url)
	await eventually(() => expect(source.status().position).toBe(1))
	for (let cuts = 1; cuts <= 3; cuts++) {
		exchange.publish([tick()])
		await eventually(() => expect(source.status().position).toBe(2 * cuts))
		exchange.cut()
		exchange.publish([tick()])
	}
	await eventually(() => expect(source.status().position).toBe(7))
	source.takeAll()
	await eventually(() => expect(source.seqs()).toEqual(from(1, 7)))
	expect(exchange.subscriptions.map(({ after }) => after)).toEqual([undefined, 2, 4, 6])
})

test('a position that the source no longer has leads to a snapshot', async () => {
	await using exchange = await startExchange({ keptMessages: 3 })
	for (let index = 0; index < 9; index++) exchange.publish([tick()])
	await using source = followTestSource(exchange.url, { position: 5 })
	source.takeAll()
	await eventually(() => expect(source.seqs()).toEqual([9]))
	await using near = followTestSource(exchange.url, { position: 6 })
	near.takeAll()
	await eventually(() => expect(near.seqs()).toEqual([7, 8, 9]))
	expect([source.taken[0]?.isSnapshot, near.taken[0]?.isSnapshot]).toEqual([true, false])
})

test('a source whose numbers begin again goes on with its snapshot', async () => {
	const port = await (async () => {
		await using exchange = await startExchange({ firstSeq: 900 })
		exchange.publish([tick()])
		return exchange.port
	})()
	await using source = followTestSource(`ws://127.0.0.1:${port}/`, { position: 900 })
	source.takeAll()
	await using restarted = await startExchange({ port })
	restarted.publish([tick()])
	await eventually(() => expect(source.seqs().at(-1)).toBe(1))
	restarted.publish([tick()])
	await eventually(() => expect(source.seqs().at(-1)).toBe(2))
	expect(source.taken.some(({ isSnapshot }) => isSnapshot)).toBe(true)
})

/** Leaves messages out where the plan has a 0. */
function leavingOut(plan: number[]) {
	return { gaps: 0.5, random: () => plan.shift() ?? 1 }
}

test('a missing message is asked for again', async () => {
	await using exchange = await startExchange({ faults: leavingOut([1, 0]) })
	await using source = followTestSource(exchange.url, { position: 0 })
	source.takeAll()
	for (let index = 0; index < 5; index++) exchange.publish([tick()])
	await eventually(() => expect(source.seqs()).toEqual(from(1, 5)))
	expect(exchange.subscriptions.map(({ after }) => after)).toEqual([0, 1])
	expect(source.lines).toContainEqual(expect.objectContaining({ reason: 'gap', after: 1 }))
})

test('a message that is missing again is replaced by a snapshot', async () => {
	const plan = [1, 0, 1, 0]
	await using exchange = await startExchange({ faults: leavingOut(plan) })
	await using source = followTestSource(exchange.url, { position: 0 })
	source.takeAll()
	for (let index = 0; index < 3; index++) exchange.publish([tick()])
	await eventually(() => expect(source.seqs()).toEqual([1, 3]))
	expect(exchange.subscriptions.map(({ after }) => after)).toEqual([0, 1, undefined])
	expect(source.taken.at(-1)?.isSnapshot).toBe(true)
	exchange.publish([tick()])
	await eventually(() => expect(source.seqs()).toEqual([1, 3, 4]))
})

test('a source that sends no snapshot begins where it is', async () => {
	await using source = await startRawSource((socket) => {
		for (const seq of [41, 43, 42]) socket.send(rawMessage(seq))
	})
	await using followed = followTestSource(source.url)
	followed.takeAll()
	await eventually(() => expect(followed.seqs()).toEqual([41, 42, 43]))
})

test('a source whose numbers begin again without a word is asked for a snapshot', async () => {
	let seq = 0
	await using source = await startRawSource((socket, index) => {
		if (index > 0) socket.send(rawMessage(seq, { snapshot: true }))
		const timer = setInterval(() => socket.send(rawMessage(++seq)), 5)
		socket.on('close', () => clearInterval(timer))
	})
	await using followed = followTestSource(source.url, { position: 1_000_000, pingMs: 40, silentMs: 10_000 })
	followed.takeAll()
	await eventually(() => expect(followed.seqs().length).toBeGreaterThan(3))
	expect(source.asked.slice(0, 2)).toEqual(['/?after=1000000', '/'])
	expect(followed.lines).toContainEqual(expect.objectContaining({ reason: 'behind' }))
})

test('a source that answers no WebSocket is tried again, and the log tells why', async () => {
	let requests = 0
	const server = createServer().on('upgrade', (_request, socket) => {
		requests++
		// The service ends the connection at once.
		socket.on('error', () => {}).end('HTTP/1.1 401 Unauthorized\r\n\r\n')
	})
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	const { port } = server.address() as AddressInfo
	await using source = followTestSource(`ws://127.0.0.1:${port}/?token=secret`)
	await eventually(() => expect(requests).toBeGreaterThan(3))
	server.close()
	expect(source.lines).toContainEqual(expect.objectContaining({ why: 'Unexpected server response: 401', count: 1 }))
	expect(JSON.stringify(source.lines)).not.toContain('secret')
	expect(source.status()).toMatchObject({ isConnected: false, position: undefined })
})

test.each(['127.0.0.1', '[::1]'])(
	'a private address such as %s is refused, unless the settings allow it',
	async (host) => {
		await using exchange = await startExchange()
		const lines: string[] = []
		const follow = openSources(createLog('test', 'info', { write: (line) => void lines.push(line) }), {
			firstBackoffMs: 5,
			largestBackoffMs: 20,
		})
		const settings = {
			...{ name: `private-${host.length}`, url: new URL(`ws://${host}:${exchange.port}/`), headers: {}, skuPrefix: '' },
			...{ priceIn: 'minor' as const, staleAfterS: 30 },
			map: defaultMap,
		}
		{
			await using _refused = follow({ ...settings, allowPrivate: false }, undefined)
			await eventually(() => expect(lines.join()).toContain('must not be a private address (loopback)'))
		}
		expect(exchange.subscriptions).toEqual([])
		if (host === '[::1]') return
		await using allowed = follow({ ...settings, allowPrivate: true }, undefined)
		await eventually(() => expect(allowed.status().isConnected).toBe(true))
	},
)

test('a name of a public host that resolves to a private address is refused', async () => {
	await using exchange = await startExchange()
	const url = `ws://prices.example.com:${exchange.port}/`
	{
		await using refused = followTestSource(url, { addressRefusal })
		const why = 'the host must not resolve to a private address (loopback)'
		await eventually(() => expect(refused.lines).toContainEqual(expect.objectContaining({ why })))
	}
	expect(exchange.subscriptions).toEqual([])
	await using allowed = followTestSource(url)
	await eventually(() => expect(allowed.status().isConnected).toBe(true))
})

test('a source that is disposed of leaves its connection, and whoever takes gets nothing more', async () => {
	await using exchange = await startExchange()
	const source = followTestSource(exchange.url)
	await eventually(() => expect(exchange.subscribers()).toBe(1))
	await source.take({ mostTicks: 10 })
	const taking = source.take({ mostTicks: 10 })
	await source[Symbol.asyncDispose]()
	expect(await taking).toEqual([])
	await eventually(() => expect(exchange.subscribers()).toBe(0))
	expect(exchange.subscriptions).toHaveLength(1)
})
