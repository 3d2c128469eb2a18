import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createDeliveryLedger } from '../src/webhooks/delivery-ledger.ts'
import { createReceiverServer } from '../src/webhooks/receiver-server.ts'
import { receiverNames, startReceivers, webhookUrl } from '../src/webhooks/start-receivers.ts'

const secondAgo = () => new Date(Date.now() - 1_000).toISOString()

function deliver(url: string, id: string, time = secondAgo(), signal?: AbortSignal): Promise<Response> {
	const body = JSON.stringify({ specversion: '1.0', id, source: '/v1/orders', time, data: { time: 'another' } })
	return fetch(url, { method: 'POST', headers: { 'webhook-id': id }, body, signal })
}

async function listen(slowAnswerMs?: number) {
	const ledger = createDeliveryLedger()
	const server = createReceiverServer(ledger, slowAnswerMs)
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
	onTestFinished(() => {
		server.closeAllConnections()
		server.close()
	})
	return { ledger, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test('a repeated delivery is received again, and adds no event and no delay', () => {
	const ledger = createDeliveryLedger()
	ledger.record('a', 'msg_1', 1_000, 1_010)
	ledger.record('a', 'msg_1', 1_000, 9_000)
	ledger.record('b', 'msg_1', 1_000, 1_030)
	expect(ledger.counts(['a', 'b', 'c'])).toEqual([
		{ received: 2, events: 1, lastNewAt: 1_010 },
		{ received: 1, events: 1, lastNewAt: 1_030 },
		{ received: 0, events: 0, lastNewAt: undefined },
	])
	const { count, p99Ms } = ledger.takeDelays(['a', 'b'])
	expect(count).toBe(2)
	expect(p99Ms).toBeCloseTo(30, 0)
})

test('delays that were taken are not taken again', () => {
	const ledger = createDeliveryLedger()
	ledger.record('a', 'msg_1', 1_000, 9_000)
	ledger.takeDelays(['a'])
	ledger.record('a', 'msg_2', 1_000, 1_020)
	const { count, p99Ms } = ledger.takeDelays(['a'])
	expect(count).toBe(1)
	expect(p99Ms).toBeCloseTo(20, 0)
})

test('a receiver answers 204 and records the delay from the time of the event', async () => {
	const { ledger, origin } = await listen()
	expect((await deliver(`${origin}/answers/a`, 'msg_1')).status).toBe(204)
	expect(ledger.counts(['a'])).toMatchObject([{ received: 1, events: 1 }])
	expect(ledger.takeDelays(['a']).p50Ms).toBeGreaterThanOrEqual(1_000)
})

test('a slow receiver answers 204, too', async () => {
	const { ledger, origin } = await listen(1)
	expect((await deliver(`${origin}/is-slow/a`, 'msg_1')).status).toBe(204)
	expect(ledger.counts(['a'])).toMatchObject([{ events: 1 }])
})

test('a receiver that hangs answers nothing and keeps no other receiver from answering', async () => {
	const { ledger, origin } = await listen()
	const end = new AbortController()
	let hasAnswered = false
	const hanging = deliver(`${origin}/hangs/a`, 'msg_1', undefined, end.signal).finally(() => {
		hasAnswered = !end.signal.aborted
	})
	expect((await deliver(`${origin}/answers/b`, 'msg_1')).status).toBe(204)
	expect(hasAnswered).toBe(false)
	end.abort()
	await expect(hanging).rejects.toThrow()
	expect(hasAnswered).toBe(false)
	expect(ledger.counts(['a', 'b'])).toMatchObject([{ received: 0 }, { received: 1 }])
})

test('a delivery that has no time is refused, because its delay is unknown', async () => {
	const { ledger, origin } = await listen()
	expect((await deliver(`${origin}/answers/a`, 'msg_1', 'soon')).status).toBe(400)
	expect(ledger.counts(['a'])).toMatchObject([{ received: 0 }])
})

test('the process of the receivers tells when each of them has received all events', async () => {
	await using receivers = await startReceivers({ interruption: new Promise<never>(() => {}) })
	const names = receiverNames('this checkout', 2)
	const [one, other] = names.map((name) => webhookUrl(receivers, 'answers', name)) as [string, string]
	let isComplete = false
	const complete = receivers.untilReceived(names, 2).finally(() => {
		isComplete = true
	})
	for (const [url, id] of [
		[one, 'msg_1'],
		[one, 'msg_2'],
		[other, 'msg_1'],
		[other, 'msg_1'],
	] as const) {
		await deliver(url, id)
	}
	expect(isComplete).toBe(false)
	await deliver(other, 'msg_2')
	const [, last] = await receivers.counts(names)
	expect(await complete).toBe(last?.lastNewAt)
	expect((await receivers.takeDelays(names)).count).toBe(4)
})

test('an interruption ends the wait for events', async () => {
	const interruption = Promise.reject(new Error('stopped'))
	interruption.catch(() => {})
	await using receivers = await startReceivers({ interruption })
	await expect(receivers.untilReceived(['a'], 1)).rejects.toThrow('stopped')
})
