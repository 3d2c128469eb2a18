import { expect, test } from 'vitest'
import { createOthersSkus } from '../../src/applying/others-skus.ts'

test('a product of another source is known as such for some minutes', () => {
	let nowMs = 0
	const others = createOthersSkus({ knownMs: 600_000, now: () => nowMs })
	expect(others.has('A')).toBe(false)
	others.note('A')
	nowMs = 599_999
	expect(others.has('A')).toBe(true)
	expect(others.has('B')).toBe(false)
	nowMs = 600_000
	expect(others.has('A')).toBe(false)
})
