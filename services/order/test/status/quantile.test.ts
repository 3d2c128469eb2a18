import { expect, test } from 'vitest'
import { quantile } from '../../src/status/quantile.ts'

const bounds = [0.001, 0.01, 0.1]

test('a quantile lies inside of its bucket, in proportion to its rank', () => {
	const values = { bounds, inBucket: [0, 10, 10, 0] }
	expect(quantile(0.25, values)).toBeCloseTo(0.0055)
	expect(quantile(0.5, values)).toBeCloseTo(0.01)
	expect(quantile(0.75, values)).toBeCloseTo(0.055)
})

test('the first bucket begins at zero', () => {
	expect(quantile(0.5, { bounds, inBucket: [4, 0, 0, 0] })).toBeCloseTo(0.0005)
})

test('a value above all bounds counts as the largest bound', () => {
	expect(quantile(0.99, { bounds, inBucket: [1, 0, 0, 9] })).toBe(0.1)
})

test('without values there is no quantile', () => {
	expect(quantile(0.5, { bounds, inBucket: [0, 0, 0, 0] })).toBeUndefined()
	expect(quantile(0.5, { bounds: [], inBucket: [] })).toBeUndefined()
})
