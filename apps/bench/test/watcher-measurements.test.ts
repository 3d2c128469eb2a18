import { expect, test } from 'vitest'
import { comparedValues, isMet, type Measurement, median, resultOf } from '../src/running/measurement.ts'
import { watcherMeasurements } from '../src/watchers/watcher-measurements.ts'
import type { WatchersReport } from '../src/watchers/watchers.ts'

type Turn = { p99Ms?: number; failures?: Record<string, number>; changes?: number; watched?: Partial<WatchersReport> }

function turn({ p99Ms = 20, failures = {}, changes = 10_000, watched }: Turn) {
	const heard = { expected: 1_900_000, delivered: 1_900_000, missing: 0, doubled: 0, quantities: 50_000, p50Ms: 90 }
	return {
		load: { completed: 5_000, seconds: 10, p50Ms: 5, p99Ms, failures },
		prices: { calls: changes / 100, changes, seconds: 10, p99Ms: 12 },
		...(watched && { watched: { ...heard, p99Ms: 200, ends: {}, ...watched } }),
	}
}

const flat = [100, 120, 120, 121]

function measured(withWatchers: Turn, residentMb = flat): Measurement[] {
	const { load } = turn({})
	const recorded = [
		{ contestant: 'no change', cpuMs: {}, turns: [{ load }] },
		{ contestant: 'alone', cpuMs: {}, turns: [turn({})] },
		{ contestant: 'watched', cpuMs: {}, turns: [turn({ watched: {}, ...withWatchers })] },
	]
	const rates = { ratePerSecond: 500, changesPerSecond: 1_000 }
	const names = { unchanged: 'no change', alone: 'alone', watched: 'watched' }
	return watcherMeasurements(recorded, { ...rates, ...names, unread: 20, residentMb })
}

function find(measurements: Measurement[], title: string): Measurement {
	return measurements.find((measurement) => measurement.title.startsWith(title)) as Measurement
}

function missed(measurements: Measurement[]): string[] {
	return measurements
		.filter((measurement) =>
			measurement.comparisons.some((comparison) => {
				return comparison.target && !isMet(median(comparedValues(measurement, comparison)), comparison.target)
			}),
		)
		.map(({ title }) => title.replace(/,.*/, ''))
}

test('orders as fast as without watchers, all changes heard in time, and flat memory meet all targets', () => {
	expect(missed(measured({}))).toEqual([])
	expect(missed(measured({ p99Ms: 25 }))).toEqual([])
})

test('slow or failed orders, too few or late changes, or memory that grows misses a target', () => {
	const order = 'p99 of an order beside watchers'
	expect(missed(measured({ p99Ms: 27 }))).toEqual([order])
	expect(missed(measured({ failures: { 503: 100 } }))).toEqual([order])
	expect(missed(measured({ changes: 9_800 }))).toEqual(['Prices changed'])
	expect(missed(measured({ watched: { p99Ms: 1_100 } }))).toEqual(['From the change of a price to the watcher'])
	expect(missed(measured({}, [100, 120, 140, 160]))).toEqual([
		'Memory of the catalog with 20 watchers that do not read',
	])
})

test('a change that is missing misses the target, and is a failure as one that comes twice and a stream that ends', () => {
	const heard = (watched: Partial<WatchersReport>) => {
		const measurement = find(measured({ watched }), 'Changes of prices')
		return [missed([measurement]).length, resultOf(measurement, 'delivered').failures]
	}
	expect(heard({})).toEqual([0, {}])
	expect(heard({ delivered: 1_899_999, missing: 1 })).toEqual([1, { MISSING: 1 }])
	expect(heard({ doubled: 2 })).toEqual([0, { DOUBLED: 2 }])
	expect(heard({ ends: { 0: 3, none: 1 } })).toEqual([0, { ENDED_0: 3, ENDED_none: 1 }])
})

test('the deliveries count per second of changes', () => {
	const deliveries = find(measured({}), 'Changes of prices')
	expect(resultOf(deliveries, 'expected').values).toEqual([190_000])
	expect(resultOf(deliveries, 'quantities besides').values).toEqual([5_000])
})
