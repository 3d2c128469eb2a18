import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toDecimal } from '../../src/values/parse-decimal.ts'
import { RowError } from '../../src/values/row-error.ts'

/** Every way to read a number: with one of the two decimal separators or none, and with one kind of groups or none. */
function readings(number: string): Set<string> {
	const found = new Set<string>()
	for (const point of ['', '.', ',']) {
		for (const group of ['', '.', ',', ' ', "'"]) {
			const parts = point === '' ? [number] : number.split(point)
			const [whole = '', fraction] = parts
			if (parts.length !== (point === '' ? 1 : 2) || (group !== '' && group === point)) continue
			if (fraction !== undefined && !/^\d+$/.test(fraction)) continue
			const groups = group === '' ? [whole] : whole.split(group)
			const isGrouped = group === '' || (groups.length > 1 && /^[1-9]\d{0,2}$/.test(groups[0] ?? ''))
			const areWhole = groups.every((digits, at) => /^\d+$/.test(digits) && (at === 0 || digits.length === 3))
			if (isGrouped && areWhole) found.add(groups.join('') + (fraction === undefined ? '' : `.${fraction}`))
		}
	}
	return found
}

function outcome(number: string, decimals: number): string {
	try {
		return toDecimal(number, decimals)
	} catch (error) {
		if (error instanceof RowError) return error.rule
		throw error
	}
}

/** What a reader of prices may make of all readings. Where a currency has three decimals, a single point separates them. */
function expected(number: string, decimals: number): string {
	if (decimals === 3 && /^\d+\.\d+$/.test(number)) return number
	const [only, ...others] = readings(number)
	if (only === undefined) return 'PRICE_INVALID'
	return others.length === 0 ? only : 'PRICE_AMBIGUOUS'
}

const digits = (min: number, max: number) => fc.stringMatching(new RegExp(`^\\d{${min},${max}}$`))
const separator = fc.constantFrom('.', ',', ' ', "'")
const written = fc.oneof(
	fc.tuple(digits(1, 4), fc.array(fc.tuple(separator, digits(1, 4)), { maxLength: 4 })),
	fc
		.tuple(digits(1, 3), separator, fc.array(digits(3, 3), { maxLength: 3 }), separator, digits(1, 4))
		.map(([first, group, groups, point, fraction]): [string, [string, string][]] => [
			first,
			[...groups.map((text): [string, string] => [group, text]), [point, fraction]],
		]),
)

test('a number is read in its only way, or is refused as ambiguous or as no number', () => {
	fc.assert(
		fc.property(written, fc.constantFrom(0, 2, 3), ([first, rest], decimals) => {
			const number = first + rest.flat().join('')
			expect(outcome(number, decimals)).toBe(expected(number, decimals))
		}),
		{ numRuns: 20_000 },
	)
})
