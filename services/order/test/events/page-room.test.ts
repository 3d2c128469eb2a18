import { expect, test } from 'vitest'
import { createPageRoom } from '../../src/events/readers/page-room.ts'

test('pages that are not taken leave less room to the next ones, and never none', () => {
	const room = createPageRoom({ mostBytes: 10_000_000 })
	let isGone = false
	const shares = Array.from({ length: 40 }, () => room.take(() => isGone).bytes)
	expect(shares.slice(0, 4)).toEqual([2_000_000, 2_000_000, 2_000_000, 2_000_000])
	expect(shares).toEqual(shares.toSorted((one, other) => other - one))
	expect(shares.at(-1)).toBe(64_000)
	isGone = true
	expect(room.take(() => false).bytes).toBe(2_000_000)
})

test('a page counts with the bytes that it has', () => {
	const room = createPageRoom({ mostBytes: 10_000_000 })
	for (let page = 0; page < 40; page++) room.take(() => false).bytes = 100_000
	expect(room.take(() => false).bytes).toBe(2_000_000)
})
