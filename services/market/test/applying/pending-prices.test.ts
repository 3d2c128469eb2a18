import { expect, test } from 'vitest'
import type { Decision } from '../../src/applying/decision.ts'
import { createPendingPrices } from '../../src/applying/pending-prices.ts'

const accepted = (sku: string, amountMinor: number): Decision => ({ sku, currency: 'EUR', amountMinor })
const held = (sku: string, amountMinor: number): Decision => ({
	...accepted(sku, amountMinor),
	hold: { rule: 'OUTLIER', figures: { score: 7 } },
})

/** What waits, as texts. */
function taken(pending: ReturnType<typeof createPendingPrices>): string[] {
	const text = ({ sku, amountMinor, hold }: Decision) => `${sku} ${amountMinor}${hold === undefined ? '' : ' held'}`
	const { accepted: prices, held: holds } = pending.take()
	return [...prices, ...holds].map(text)
}

test('of several accepted prices of a product the newest waits', () => {
	const pending = createPendingPrices()
	pending.add([accepted('A', 1), accepted('B', 2), accepted('A', 3)])
	expect(pending.size()).toBe(2)
	expect(taken(pending)).toEqual(['A 3', 'B 2'])
	expect(pending.size()).toBe(0)
})

test('an accepted price waits on when a later one is held, and goes first', () => {
	const pending = createPendingPrices()
	pending.add([accepted('A', 1), held('A', 10), held('A', 11)])
	expect(taken(pending)).toEqual(['A 1', 'A 11 held'])
})

test('an accepted price takes the place of an earlier one that is held', () => {
	const pending = createPendingPrices()
	pending.add([held('A', 10), accepted('A', 2)])
	expect(taken(pending)).toEqual(['A 2'])
})

test('prices that are taken back give way to newer ones', () => {
	const pending = createPendingPrices()
	pending.add([accepted('A', 5), held('B', 50)])
	pending.addEarlier([
		accepted('A', 1),
		accepted('B', 2),
		accepted('C', 3),
		held('A', 10),
		held('B', 20),
		held('C', 30),
	])
	expect(taken(pending).toSorted()).toEqual(['A 5', 'B 2', 'B 50 held', 'C 3', 'C 30 held'])
})
