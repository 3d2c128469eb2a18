import { expect, test } from 'vitest'
import { comparedValues, type Measurement, quartiles } from '../src/running/measurement.ts'

function measurement(values: Record<string, number[]>, isByRound: boolean): Measurement {
	const results = Object.entries(values).map(([contestant, its]) => {
		return { contestant, values: its, failures: {}, cpuMicros: {} }
	})
	return { title: 'Orders', unit: 'orders/s', isByRound, results, comparisons: [] }
}

test('a ratio compares values of the same round, so a slow minute of the machine affects both', () => {
	const measured = measurement({ mercat: [20, 4, 30], floor: [10, 2, 10] }, true)
	expect(comparedValues(measured, { of: 'mercat', to: 'floor' })).toEqual([2, 2, 3])
	expect(comparedValues(measured, { of: 'mercat' })).toEqual([20, 4, 30])
})

test('without common rounds, a value is compared with the median of the other contestant', () => {
	const measured = measurement({ later: [20, 30, 10], start: [5, 10, 100] }, false)
	expect(comparedValues(measured, { of: 'later', to: 'start' })).toEqual([2, 3, 1])
})

test('a failure in a round stays a failure even if the other contestant fails in the same round', () => {
	const measured = measurement({ mercat: [Number.POSITIVE_INFINITY, 8], floor: [Number.POSITIVE_INFINITY, 10] }, true)
	expect(comparedValues(measured, { of: 'mercat', to: 'floor' })).toEqual([Number.POSITIVE_INFINITY, 0.8])
})

test('quartiles leave out the lowest and the highest quarter when there are enough values', () => {
	expect(quartiles([9, 1, 3, 5, 7, 100, 0, 2, 4])).toEqual([2, 7])
	expect(quartiles([3, 1, 2])).toEqual([1, 3])
	expect(quartiles([6])).toEqual([6, 6])
})

test('the ratio of two values of 0 is 1', () => {
	expect(comparedValues(measurement({ mercat: [0, 1], floor: [0, 2] }, true), { of: 'mercat', to: 'floor' })).toEqual([
		1, 0.5,
	])
})
