import { expect, test } from 'vitest'
import { changesOf } from '../../src/status/changes.ts'
import type { ProcessSample } from '../../src/status/process-sample.ts'
import { batchRatesOf, latencyOf, ratesOf } from '../../src/status/status-figures.ts'

/** A sample of a process that has placed so many orders, each in a batch of four and in a time of 1 to 10 ms. */
function sampleOf(pid: number, takenAt: number, placed: number, refused = 0): ProcessSample {
	return {
		pid,
		takenAt,
		counted: {
			orders: { placed, OUT_OF_STOCK: refused, client_left: 7 },
			transitions: { placed, paid: placed / 2 },
			requests: placed + refused,
			shed: 0,
		},
		batches: { 'insert orders': { batches: placed / 4, items: placed, waits: placed, waitS: placed * 0.002 } },
		placing: { bounds: [0.001, 0.01], inBucket: [0, placed + refused, 0] },
		databasePool: { used: 1, idle: 2, waiting: 0 },
		breaker: 'closed',
		streams: 0,
		eventLoopDelayMs: 0,
	}
}

const knownOf = (...samples: ProcessSample[]) => new Map(samples.map((sample) => [sample.pid, sample]))

test('a rate is what was counted in the time between two samples, of all processes together', () => {
	const before = knownOf(sampleOf(1, 5_000, 100), sampleOf(2, 90_000, 1_000))
	const changes = changesOf(before, [sampleOf(1, 7_000, 200, 8), sampleOf(2, 90_500, 1_100)])!
	expect(ratesOf(changes)).toEqual({
		placed: 250,
		replayed: 0,
		refused: 4,
		refusals: { OUT_OF_STOCK: 4 },
		transitions: { placed: 250, paid: 125, shipped: 0, delivered: 0, cancelled: 0, expired: 0 },
		requests: 254,
		shed: 0,
	})
	expect(latencyOf(changes)).toEqual({ count: 208, p50Ms: 5.5, p95Ms: 9.55, p99Ms: 9.91 })
	expect(batchRatesOf(changes)).toEqual([{ name: 'insert orders', perSecond: 62.5, meanSize: 4, meanWaitMs: 2 }])
})

test('of a process without an earlier sample nothing is known, and without any there are no changes', () => {
	const before = knownOf(sampleOf(1, 5_000, 100))
	expect(ratesOf(changesOf(before, [sampleOf(1, 6_000, 110), sampleOf(2, 100, 5_000)])!).placed).toBe(10)
	expect(changesOf(new Map(), [sampleOf(1, 5_000, 100)])).toBeUndefined()
	expect(changesOf(before, [])).toBeUndefined()
})

test('a new process with the id of an old one has no negative rates', () => {
	const changes = changesOf(knownOf(sampleOf(1, 5_000, 100)), [sampleOf(1, 6_000, 20)])!
	expect(ratesOf(changes)).toMatchObject({ placed: 0, requests: 0 })
	expect(latencyOf(changes)).toEqual({ count: 0, p50Ms: null, p95Ms: null, p99Ms: null })
	expect(batchRatesOf(changes)).toEqual([{ name: 'insert orders', perSecond: 0, meanSize: 0, meanWaitMs: 0 }])
})

test('a code is counted from its first refusal on', () => {
	const before = sampleOf(1, 5_000, 0)
	const now = sampleOf(1, 6_000, 0)
	now.counted.orders['PRICE_CHANGED'] = 3
	expect(ratesOf(changesOf(knownOf(before), [now])!).refusals).toEqual({ PRICE_CHANGED: 3 })
})
