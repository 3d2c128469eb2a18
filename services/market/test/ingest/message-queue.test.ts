import { expect, test } from 'vitest'
import { createMessageQueue } from '../../src/ingest/message-queue.ts'
import { messageOf } from './message-of.ts'

function queueOf(limits = {}) {
	const rooms: number[] = []
	const queue = createMessageQueue(
		{ hasRoom: () => rooms.push(queue.ticks()) },
		{ mostTicks: 100, mostBytes: 10_000, ...limits },
	)
	const take = async (mostTicks: number, gatherMs = 0) =>
		(await queue.take({ mostTicks, gatherMs })).map(({ seq }) => seq)
	return { queue, take, rooms }
}

test('messages are taken whole and in their order, as many as fit, and one at least', async () => {
	const { queue, take } = queueOf()
	for (const [index, ticks] of [3, 3, 3, 50, 0, 1].entries()) queue.push(messageOf(index + 1, ticks))
	expect(await take(8)).toEqual([1, 2])
	expect(await take(8)).toEqual([3])
	expect(await take(8)).toEqual([4])
	expect(await take(8)).toEqual([5, 6])
	expect(queue.ticks()).toBe(0)
})

test('a taker waits for the first message', async () => {
	const { queue, take } = queueOf()
	const taken = take(10)
	queue.push(messageOf(1))
	queue.push(messageOf(2))
	expect(await taken).toEqual([1, 2])
})

test('a taker that gathers gets what comes in that time, and does not wait longer than for its most', async () => {
	const { queue, take } = queueOf()
	const short = take(3, 60_000)
	for (const seq of [1, 2, 3, 4]) queue.push(messageOf(seq))
	expect(await short).toEqual([1, 2, 3])
	const begunAt = performance.now()
	queue.push(messageOf(5))
	expect(await take(3, 40)).toEqual([4, 5])
	expect(performance.now() - begunAt).toBeGreaterThan(20)
})

test('a message that has waited long enough is taken at once', async () => {
	const { queue, take } = queueOf()
	queue.push(messageOf(1, 1, { cameAt: performance.now() - 60_000 }))
	expect(await take(10, 60_000)).toEqual([1])
})

test('the queue is full at its most ticks and tells once that it is half empty', async () => {
	const { queue, take, rooms } = queueOf()
	for (let seq = 1; seq <= 10; seq++) queue.push(messageOf(seq, 10))
	expect(queue.isFull()).toBe(true)
	await take(40)
	expect([queue.isFull(), rooms]).toEqual([true, []])
	await take(10)
	expect([queue.isFull(), rooms]).toEqual([false, [50]])
	await take(10)
	expect(rooms).toEqual([50])
})

test('the queue is full at its most bytes, and messages without ticks take room', async () => {
	const { queue } = queueOf()
	queue.push(messageOf(1, 1, { bytes: 10_000 }))
	expect(queue.isFull()).toBe(true)
	const other = queueOf().queue
	for (let seq = 1; seq <= 100; seq++) other.push(messageOf(seq, 0))
	expect(other.isFull()).toBe(true)
})

test('a full queue does not wait for more, so that it gets room', async () => {
	const { queue, take } = queueOf()
	queue.push(messageOf(1, 100))
	expect(await take(2_000, 60_000)).toEqual([1])
})

test('a closed queue has nothing, also for a taker that waits', async () => {
	const { queue, take } = queueOf()
	const waiting = take(10)
	queue.close()
	expect(await waiting).toEqual([])
	queue.push(messageOf(1))
	const gathering = queueOf()
	gathering.queue.push(messageOf(1))
	const taken = gathering.take(10, 60_000)
	gathering.queue.close()
	expect(await taken).toEqual([])
})
