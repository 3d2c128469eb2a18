import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooseFullRows, chooseRows } from '../../../src/search/folding/choose-rows.ts'

const full = 32_768
const full64 = 65_536

test('a long row is left alone while the others are short', () => {
	expect(chooseRows(rows(20_000, 10, 10, 12), full)).toEqual(rows(10, 10, 12))
})

test('rows that are full are left alone', () => {
	expect(chooseRows(rows(full, full + 1, 40, 40), full)).toEqual(rows(40, 40))
})

test('a row that no other row comes near is not written again', () => {
	expect(chooseRows(rows(10, 100, 1_000), full)).toEqual([])
})

test('however rows come, few stay, and no byte is written more often than its row can double', () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 5, max: 500 }), { minLength: 1, maxLength: 1_500 }), (added) => {
			let sizes: { size: number }[] = []
			let written = 0
			for (const size of added) {
				sizes.push({ size })
				const short = sizes.filter((row) => row.size < full)
				if (short.length <= 16) continue
				const chosen = chooseRows(sizes, full)
				const merged = chosen.reduce((sum, row) => sum + row.size, 0)
				written += merged
				sizes = [...sizes.filter((row) => !chosen.includes(row)), { size: merged }]
				expect(sizes.filter((row) => row.size < full).length).toBeLessThanOrEqual(16)
			}
			const sum = added.reduce((total, size) => total + size, 0)
			expect(written).toBeLessThanOrEqual(sum * Math.log2(full / 5))
		}),
	)
})

test('about as many bytes of full rows are written again as short rows have', () => {
	const full = Array.from({ length: 1_000 }, () => ({ size: full64 }))
	const chances = Array.from({ length: 1_000 }, (_, n) => n / 1_000)
	const random = () => chances.pop() as number
	const chosen = chooseFullRows([...full, { size: 10 }], { fullBytes: 32_768, mergedBytes: full64 * 20, random })
	expect(chosen).toHaveLength(20)
})

function rows(...sizes: number[]): { size: number }[] {
	return sizes.map((size) => ({ size }))
}
