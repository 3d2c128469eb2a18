import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPriceWindows } from '../../src/checking/price-windows.ts'

/** The same score by definition, with a sort for each median. */
function plainScore(window: readonly number[], change: number): number {
	const median = medianOf(window)
	const distance = Math.abs(change - median)
	return distance === 0 ? 0 : distance / (1.4826 * medianOf(window.map((value) => Math.abs(value - median))))
}

function medianOf(values: readonly number[]): number {
	const sorted = values.toSorted((one, other) => one - other)
	const middle = sorted.length >> 1
	const upper = sorted[middle]!
	return sorted.length % 2 === 1 ? upper : (sorted[middle - 1]! + upper) / 2
}

// Steady prices have many equal changes.
const anyChange = fc.oneof(
	fc.double({ min: -2, max: 2, noNaN: true }),
	fc.constantFrom(0, -0, 0.005, -0.005),
	fc.integer({ min: -3, max: 3 }),
)
const anyHistory = fc.record({
	size: fc.integer({ min: 5, max: 61 }),
	steps: fc.array(
		fc.record({ slot: fc.constantFrom(0, 3, 300), change: anyChange, clears: fc.integer({ min: 0, max: 40 }) }),
		{ minLength: 1, maxLength: 300 },
	),
	asked: anyChange,
})

test('a window has the score of a plain implementation that sorts, after any changes of several products', () => {
	fc.assert(
		fc.property(anyHistory, ({ size, steps, asked }) => {
			const windows = createPriceWindows(size)
			const plain = new Map<number, number[]>()
			for (const { slot, change, clears } of steps) {
				if (clears === 0) {
					windows.clear(slot)
					plain.delete(slot)
				}
				windows.push(slot, change)
				const window = [...(plain.get(slot) ?? []), Math.fround(change)].slice(-size)
				plain.set(slot, window)
				expect(windows.count(slot)).toBe(window.length)
				expect(windows.score(slot, asked)).toBe(plainScore(window, asked))
			}
		}),
		{ numRuns: 300 },
	)
})

test('a steady price has an infinite score for any change, and 0 for none', () => {
	const windows = createPriceWindows(5)
	for (let tick = 0; tick < 5; tick++) windows.push(0, 0)
	expect(windows.score(0, 0.001)).toBe(Number.POSITIVE_INFINITY)
	expect(windows.score(0, 0)).toBe(0)
})
