import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Quantity } from '../../src/changes/availability/availability.ts'
import { createAvailabilityMemory } from '../../src/changes/availability/availability-memory.ts'

const bySku = (quantities: Quantity[]) => new Map(quantities.map(({ sku, available }) => [sku, available]))

test('the memory tells the latest quantity of each product that has changed since a moment, or that it does not know', () => {
	const look = fc.record({
		afterMs: fc.integer({ min: 0, max: 3 }),
		quantities: fc.uniqueArray(
			fc.record({ sku: fc.constantFrom('A', 'B', 'C', 'D', 'E'), available: fc.integer({ min: 0, max: 9 }) }),
			{ selector: ({ sku }) => sku },
		),
	})
	fc.assert(
		fc.property(fc.array(look, { maxLength: 30 }), fc.integer({ min: 1, max: 6 }), (looks, most) => {
			const memory = createAvailabilityMemory({ most })
			memory.reset(10)
			let atMs = 10
			const told: { atMs: number; quantities: Quantity[] }[] = []
			for (const { afterMs, quantities } of looks) {
				atMs += afterMs
				memory.add({ atMs, quantities })
				told.push({ atMs, quantities })
			}
			if (most >= 5) expect(memory.floor()).toBe(10)
			for (let ms = memory.floor(); ms <= atMs; ms++) {
				const expected = bySku(told.filter((one) => one.atMs >= ms).flatMap((one) => one.quantities))
				const found = memory.since(ms)
				expect(bySku(found)).toEqual(expected)
				expect(found).toHaveLength(expected.size)
			}
		}),
	)
})

test('the memory keeps only the latest products, however often they change', () => {
	const memory = createAvailabilityMemory({ most: 100 })
	memory.reset(0)
	for (let atMs = 0; atMs < 5_000; atMs++)
		memory.add({ atMs, quantities: [{ sku: `S-${atMs % 90}`, available: atMs }] })
	expect(memory.floor()).toBe(0)
	expect(memory.since(0)).toHaveLength(90)
	for (let atMs = 5_000; atMs < 5_200; atMs++) memory.add({ atMs, quantities: [{ sku: `N-${atMs}`, available: 1 }] })
	expect(memory.floor()).toBe(5_100)
	expect(memory.since(5_100)).toHaveLength(100)
})
