import type { Status } from '@mercat/client'
import { expect, test } from 'vitest'
import { createStatusHistory } from '../src/page/api/status-history.js'

const start = Date.parse('2027-01-01T12:00:00.000Z')

function statusAt(second: number, placed = second, refusals: Record<string, number> = {}): Status {
	return {
		at: new Date(start + second * 1_000).toISOString(),
		instance: 'host:1',
		workers: 1,
		services: [],
		rates: { placed, replayed: 0, refused: 0, refusals, transitions: {}, requests: 0, shed: 0 },
		latency: { count: 0, p50Ms: null, p95Ms: null, p99Ms: null },
		batches: [],
		lags: null,
		breaker: 'closed',
		databasePool: { used: 0, idle: 0, waiting: 0 },
		streams: 0,
		eventLoopDelayMs: 0,
	}
}

test('the curves have the last 600 points in the order of time, however many come', () => {
	const { add, curves } = createStatusHistory()
	for (let second = 0; second < 1_500; second++) add(statusAt(second))
	expect(curves.times).toHaveLength(600)
	expect(curves.placed).toEqual(Array.from({ length: 600 }, (_, index) => 900 + index))
	expect(curves.times).toEqual(curves.times.toSorted((a, b) => a - b))
})

test('a status that comes again when the stream is opened again is no second point', () => {
	const { add, curves } = createStatusHistory()
	expect([0, 1, 2, 1, 2, 3].map((second) => add(statusAt(second)))).toEqual([true, true, true, false, false, true])
	expect(curves.placed).toEqual([0, 1, 2, 3])
})

test('a silence is a gap in the curves', () => {
	const { add, curves } = createStatusHistory()
	add(statusAt(0))
	add(statusAt(20))
	expect(curves.placed).toEqual([0, null, 20])
})

test('the curves begin again when the clock of the service is set back', () => {
	const { add, curves } = createStatusHistory()
	add(statusAt(3_600))
	expect(add(statusAt(0))).toBe(true)
	expect(curves.placed).toEqual([0])
})

test('refusals are added up by code over the last 60 statuses, most first', () => {
	const { add, refusalsOfMinute } = createStatusHistory()
	add(statusAt(0, 0, { LONG_AGO: 50 }))
	for (let second = 1; second <= 60; second++) add(statusAt(second, 0, { OUT_OF_STOCK: 2, UNKNOWN_PRODUCT: 1 }))
	expect(refusalsOfMinute()).toEqual([
		['OUT_OF_STOCK', 120],
		['UNKNOWN_PRODUCT', 60],
	])
})
