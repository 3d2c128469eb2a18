import { expect, test } from 'vitest'
import { createShares } from '../../src/refusals/shares.ts'

test('a source gets its burst, and later some more each minute, but never more than its burst', () => {
	let now = 0
	const take = createShares({ burst: 3, perMinute: 6 }, () => now)
	const taken = (count: number) => Array.from({ length: count }, () => take('ann')).filter(Boolean).length
	expect(taken(10)).toBe(3)
	now += 10_000
	expect(taken(10)).toBe(1)
	now += 5_000
	expect(taken(10)).toBe(0)
	now += 5_000
	expect(taken(10)).toBe(1)
	now += 3_600_000
	expect(taken(10)).toBe(3)
})

test('a source that has used up its share leaves the shares of others', () => {
	const take = createShares({ burst: 1, perMinute: 1 }, () => 0)
	expect([take('ann'), take('ann'), take('ben')]).toEqual([true, false, true])
})
