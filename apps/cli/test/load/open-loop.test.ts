import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepRate } from '../../src/load/sending/open-loop.ts'

beforeEach(() => vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] }))
afterEach(() => vi.useRealTimers())

const now = () => performance.now()
const signal = new AbortController().signal

test('orders are due at even distances, whatever time the timers take', async () => {
	const startedAt = now()
	const dueAt: number[] = []
	const send = (at: number) => dueAt.push(at - startedAt) > 0
	const ended = keepRate({ send, tick() {}, now }, { ratePerSecond: 8, forMs: 1_000, signal })
	await vi.runAllTimersAsync()
	expect(await ended).toEqual({ unsent: 0 })
	expect(dueAt).toEqual([0, 125, 250, 375, 500, 625, 750, 875])
})

test('orders that cannot be sent in time are sent late, with the time at which they were due', async () => {
	const startedAt = now()
	const dueAt: number[] = []
	const send = (at: number) => now() - startedAt >= 500 && dueAt.push(at - startedAt) > 0
	const ended = keepRate({ send, tick() {}, now }, { ratePerSecond: 10, forMs: 1_000, signal })
	await vi.runAllTimersAsync()
	expect(await ended).toEqual({ unsent: 0 })
	expect(dueAt).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900])
})

test('orders that were never sent are counted at the end', async () => {
	const ended = keepRate({ send: () => false, tick() {}, now }, { ratePerSecond: 10, forMs: 1_000, signal })
	await vi.runAllTimersAsync()
	expect(await ended).toEqual({ unsent: 10 })
})
