import { describe, expect, test } from 'vitest'
import { inShort, openChecks } from './any-checks.ts'

describe('a tick is refused', () => {
	test('that is older than the source may send', () => {
		const { send } = openChecks()
		expect(inShort(send(10_000, { agoMs: 3_600_000 }))).toBe('accept')
		expect(inShort(send(10_000, { agoMs: 3_600_001 }))).toBe('refuse TOO_OLD')
	})

	test('that is ahead of the clock', () => {
		const { send } = openChecks()
		expect(inShort(send(10_000, { agoMs: -60_000 }))).toBe('accept')
		expect(inShort(send(10_000, { agoMs: -60_001 }))).toBe('refuse CLOCK_AHEAD')
	})

	test('of a product that the catalog does not sell', () => {
		const { send, setProduct } = openChecks()
		expect(inShort(send(10_000, { sku: 'LEAD' }))).toBe('refuse UNKNOWN_SKU')
		setProduct({ archived: true })
		expect(inShort(send(10_000))).toBe('refuse UNKNOWN_SKU')
	})

	test('of a product whose price belongs to another source', () => {
		const { send, giveToOthers } = openChecks()
		giveToOthers()
		expect(inShort(send(10_000))).toBe('refuse OTHER_SOURCE')
	})

	test('that a snapshot repeats, or that is older than the last price that is known', () => {
		const { send } = openChecks()
		send(10_000)
		const repeat = (amountMinor: number, agoMs: number) => inShort(send(amountMinor, { agoMs, isRepeated: true }))
		expect(repeat(10_000, 1_000)).toBe('refuse KNOWN')
		expect(repeat(9_000, 5_000)).toBe('refuse KNOWN')
		// Another price of the same millisecond, and a newer one, were missed.
		expect(repeat(10_100, 3_000)).toBe('accept')
		expect(repeat(10_200, 0)).toBe('accept')
	})

	test('that came late and would be held, because a newer price is known', () => {
		const { send } = openChecks()
		send(10_000)
		expect(inShort(send(20_000, { agoMs: 5_000 }))).toBe('refuse LATE')
		expect(inShort(send(10_000, { agoMs: 5_000, currency: 'USD' }))).toBe('refuse LATE')
	})
})

test('a tick that came late is good for its bar, and changes nothing that is known', () => {
	const { send } = openChecks()
	send(10_000)
	expect(inShort(send(14_000, { agoMs: 5_000 }))).toBe('late')
	// Compared with the late one, the change would be too large.
	expect(inShort(send(6_000))).toBe('accept')
})

describe('a hard guard holds a price', () => {
	test('in another currency than the catalog has', () => {
		const { send, setProduct } = openChecks()
		send(10_000)
		expect(send(10_000, { currency: 'USD' })).toEqual({ kind: 'hold', rule: 'CURRENCY_CHANGED', figures: {} })
		setProduct({ currency: 'USD' })
		expect(inShort(send(10_000, { currency: 'USD' }))).toBe('accept')
	})

	test('below the floor and above the ceiling', () => {
		const { send } = openChecks({ floorMinor: 9_000, ceilingMinor: 11_000 })
		expect(send(8_999)).toEqual({ kind: 'hold', rule: 'BELOW_FLOOR', figures: { floorMinor: 9_000 } })
		expect(send(11_001)).toEqual({ kind: 'hold', rule: 'ABOVE_CEILING', figures: { ceilingMinor: 11_000 } })
		expect(['accept', 'accept']).toEqual([inShort(send(9_000)), inShort(send(11_000))])
	})

	test('that changes by more than a tick may, and a jump of ten times first of all', () => {
		const { send } = openChecks()
		send(10_000)
		expect(send(100_000)).toEqual({
			kind: 'hold',
			rule: 'TICK_CHANGE',
			figures: { fromMinor: 10_000, changePercent: 900, maxTickChangePercent: 50 },
		})
		expect(inShort(send(4_999))).toBe('hold TICK_CHANGE')
		expect(inShort(send(5_000))).toBe('accept')
	})

	test('that the catalog has not nearly, when the source sends its first one', () => {
		expect(inShort(openChecks().send(15_001))).toBe('hold TICK_CHANGE')
		expect(inShort(openChecks().send(15_000))).toBe('accept')
	})

	test('that begins at 0 or ends there, because no percentage tells such a change', () => {
		const { send, setProduct } = openChecks({ maxTickChangePercent: 1_000, maxDayChangePercent: 1_000 })
		send(10_000)
		expect(inShort(send(0))).toBe('hold TICK_CHANGE')
		setProduct({ amountMinor: 0 })
		expect(inShort(send(0))).toBe('accept')
		expect(inShort(send(0))).toBe('accept')
		expect(inShort(send(1))).toBe('hold TICK_CHANGE')
	})

	test('that has changed too much since the first one of the day (UTC)', () => {
		const { send, wait } = openChecks()
		for (const amount of [10_000, 12_000, 14_000, 16_000, 18_000]) expect(inShort(send(amount))).toBe('accept')
		expect(inShort(send(18_001))).toBe('hold DAY_CHANGE')
		wait(12 * 3_600_000)
		expect(inShort(send(18_001))).toBe('accept')
		expect(inShort(send(20_000))).toBe('accept')
	})
})

test('the first price of a day is the earliest one, also when it came late', () => {
	const { send } = openChecks()
	send(10_000)
	expect(inShort(send(9_000, { agoMs: 5_000 }))).toBe('late')
	const verdicts = [12_000, 14_000, 16_000, 16_300].map((amount) => inShort(send(amount)))
	expect(verdicts).toEqual(['accept', 'accept', 'accept', 'hold DAY_CHANGE'])
})

describe('the score holds a price', () => {
	test('that leaves the usual changes, when it has changed by more than the least move', () => {
		const { send, settle } = openChecks()
		settle(10_000)
		expect(inShort(send(10_500))).toBe('accept')
		expect(send(11_100)).toEqual({
			kind: 'hold',
			rule: 'OUTLIER',
			figures: { fromMinor: 10_500, changePercent: expect.closeTo(5.7, 1), threshold: 6 },
		})
	})

	test('with its score, when prices were not steady before', () => {
		const { send } = openChecks()
		for (let tick = 0; tick < 40; tick++) send([10_000, 10_100, 10_300][tick % 3]!)
		// The changes have the median 0.00995 and the deviation 0.00966.
		expect(send(11_500)).toMatchObject({ rule: 'OUTLIER', figures: { score: expect.closeTo(9.06, 1) } })
	})

	test('only once it knows enough changes', () => {
		const { send, settle } = openChecks()
		settle(10_000, 20)
		expect(inShort(send(11_000))).toBe('accept')
		const later = openChecks()
		later.settle(10_000, 21)
		expect(inShort(later.send(11_000))).toBe('hold OUTLIER')
		const small = openChecks({ window: 5 })
		small.settle(10_000, 6)
		expect(inShort(small.send(11_000))).toBe('hold OUTLIER')
	})

	test('not where such changes are usual', () => {
		const { send } = openChecks()
		for (let tick = 0; tick < 60; tick++) expect(inShort(send(tick % 2 === 0 ? 10_000 : 10_800))).toBe('accept')
	})
})

describe('a held price', () => {
	test('of the score alone is accepted with the third tick in a row that agrees', () => {
		const { send, settle } = openChecks()
		settle(10_000)
		expect(inShort(send(11_000))).toBe('hold OUTLIER')
		expect(inShort(send(11_050))).toBe('hold OUTLIER')
		expect(send(11_020)).toEqual({ kind: 'accept', anew: true })
		// The window has begun anew.
		expect(inShort(send(12_000))).toBe('accept')
	})

	test('does not count when a price between is accepted, or when the prices do not agree', () => {
		const { send, settle } = openChecks()
		settle(10_000)
		const verdicts = [11_000, 11_000, 10_000, 11_000, 11_000].map((amount) => inShort(send(amount)))
		expect(verdicts).toEqual(['hold OUTLIER', 'hold OUTLIER', 'accept', 'hold OUTLIER', 'hold OUTLIER'])
		expect(inShort(send(9_000))).toBe('hold OUTLIER')
		expect(inShort(send(11_000))).toBe('hold OUTLIER')
	})

	test('does not agree with itself, when snapshots repeat it', () => {
		const { send, settle } = openChecks()
		settle(10_000)
		const first = inShort(send(11_000))
		const repeated = [1, 2, 3].map((second) => inShort(send(11_000, { agoMs: second * 1_000, isRepeated: true })))
		expect([first, ...repeated]).toEqual(Array(4).fill('hold OUTLIER'))
	})

	test('of a hard guard stays held, however often its source repeats it', () => {
		const { send, settle } = openChecks()
		settle(10_000)
		for (let tick = 0; tick < 50; tick++) expect(inShort(send(100_000))).toBe('hold TICK_CHANGE')
	})

	test('stays held when a hard guard holds one of the ticks that agree', () => {
		const { send, settle } = openChecks()
		settle(10_000)
		const verdicts = [15_001, 14_900, 14_900, 14_900].map((amount) => inShort(send(amount)))
		expect(verdicts).toEqual(['hold TICK_CHANGE', 'hold OUTLIER', 'hold OUTLIER', 'hold OUTLIER'])
	})

	test.each([
		['TICK_CHANGE', [10_000], 100_000],
		['OUTLIER', Array(30).fill(10_000), 11_000],
		['DAY_CHANGE', [10_000, 12_000, 14_000, 16_000, 18_000], 18_100],
	])('by %s is accepted once the catalog has it', (rule, before, amountMinor) => {
		const { send, setProduct } = openChecks()
		for (const amount of before) send(amount)
		expect(inShort(send(amountMinor))).toBe(`hold ${rule}`)
		setProduct({ amountMinor })
		expect(send(amountMinor + 1)).toEqual({ kind: 'accept', anew: true })
		// The approved price is the first one of its day.
		expect(inShort(send(Math.floor(amountMinor * 1.4)))).toBe('accept')
	})

	test('below the floor is accepted once the catalog has it, and no lower one is', () => {
		const { send, setProduct } = openChecks({ floorMinor: 9_000 })
		send(10_000)
		expect(inShort(send(8_000))).toBe('hold BELOW_FLOOR')
		setProduct({ amountMinor: 8_000 })
		expect(inShort(send(8_000))).toBe('accept')
		expect(inShort(send(7_999))).toBe('hold BELOW_FLOOR')
	})

	test('stays held when the catalog has only the price before, however near it is', () => {
		const { send, setProduct } = openChecks()
		for (const amount of [10_000, 12_000, 14_000, 16_000, 18_000]) send(amount)
		setProduct({ amountMinor: 18_000 })
		expect(inShort(send(18_100))).toBe('hold DAY_CHANGE')
	})
})
