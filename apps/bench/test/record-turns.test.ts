import { expect, test } from 'vitest'
import { toResult, toValues } from '../src/measures/record-turns.ts'

function turn(completed: number, p99Ms: number, failures: Record<string, number>, events: number) {
	return { load: { completed, seconds: 1, p50Ms: 1, p99Ms, failures }, events }
}

const turns = [turn(300, 2, { 503: 2 }, 10), turn(100, 3, { 503: 1, CLOSED: 4 }, 20)]
const recorded = { contestant: 'mercat', turns, cpuMs: { order: 40, postgres: 20 } }

test('a result has a value of each turn, all failures, and the CPU time per completed request', () => {
	expect(toResult(recorded, ({ load }) => load.p99Ms)).toEqual({
		contestant: 'mercat',
		values: [2, 3],
		failures: { 503: 3, CLOSED: 4 },
		cpuMicros: { order: 100, postgres: 50 },
	})
})

test('a further value of the same turns counts no failure and no CPU time again', () => {
	expect(toValues(recorded, ({ events }) => events)).toEqual({
		contestant: 'mercat',
		values: [10, 20],
		failures: {},
		cpuMicros: {},
	})
})
