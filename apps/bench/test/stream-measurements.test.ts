import { expect, test } from 'vitest'
import { comparedValues, isMet, type Measurement, median, resultOf } from '../src/running/measurement.ts'
import { streamMeasurements } from '../src/streams/stream-measurements.ts'

type Load = { completed: number; p99Ms: number; failures?: Record<string, number> }

function turn(load: Load, residentMb: number[], eventsPerSecond: number[] = [], ended = 0) {
	return { load: { seconds: 10, p50Ms: 5, failures: {}, ...load }, residentMb, eventsPerSecond, ended }
}

const alone = { contestant: 'no stream', cpuMs: {}, turns: [turn({ completed: 5_000, p99Ms: 20 }, [90, 100])] }

function measured(load: Load, residentMb: number[], ended = 0): Measurement[] {
	const turns = [turn(load, residentMb, [500, 400, 100], ended)]
	const recorded = [alone, { contestant: 'streams', cpuMs: {}, turns }]
	return streamMeasurements(recorded, { ratePerSecond: 500, seconds: 10, alone: 'no stream', streaming: 'streams' })
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

const inTime = { completed: 5_000, p99Ms: 40 }
const flat = [100, 120, 120, 121]

test('orders that are placed in time beside streams, with flat memory, meet all targets', () => {
	expect(missed(measured(inTime, flat))).toEqual([])
})

test('orders that are late, that fail, or memory that grows misses a target', () => {
	expect(missed(measured({ ...inTime, p99Ms: 2_500 }, flat))).toEqual(['p99 of an order beside streams'])
	const failing = { completed: 4_900, p99Ms: 40, failures: { 503: 100 } }
	expect(missed(measured(failing, flat))).toEqual(['p99 of an order beside streams', 'Orders placed beside streams'])
	expect(missed(measured(inTime, [100, 120, 140, 160]))).toEqual(['Memory of the order service with streams'])
})

test('the events that streams have read are compared with the orders placed', () => {
	const events = find(measured(inTime, flat), 'Events')
	expect(comparedValues(events, { of: 'median stream', to: 'orders' })).toEqual([0.8])
	expect(resultOf(events, 'slowest stream').values).toEqual([100])
	expect(resultOf(events, 'fastest stream').values).toEqual([500])
})

test('a stream that the server has ended is a failure', () => {
	const failures = (ended: number) => resultOf(find(measured(inTime, flat, ended), 'Events'), 'median stream').failures
	expect(failures(0)).toEqual({})
	expect(failures(3)).toEqual({ STREAM_ENDED: 3 })
})

test('the memory beside streams is compared with the memory without', () => {
	const memory = measured(inTime, flat).at(-1) as Measurement
	expect(comparedValues(memory, { of: 'streams', to: 'no stream' })[0]).toBeCloseTo(100 / 95)
})
