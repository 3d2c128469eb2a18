import { RowError } from './row-error.ts'

/**
 * The decimal, with a point and without groups, that a number as people write it can only mean: "1.234,50" is "1234.50".
 * The number begins and ends with a digit.
 *
 * @throws RowError PRICE_AMBIGUOUS for "1,234", and PRICE_INVALID where the separators make no number
 */
export function toDecimal(number: string): string {
	const text = number.replaceAll(/\s/g, ' ').replaceAll('’', "'")
	const separators: string[] = text.match(/\D/g) ?? []
	const [first = ''] = separators
	const last = separators.at(-1) ?? ''
	const kinds = new Set(separators)
	if (kinds.size === 0) return text
	if (kinds.size === 2 && isPointOrComma(last) && separators.indexOf(last) === separators.length - 1) {
		const point = text.lastIndexOf(last)
		return `${withoutGroups(text.slice(0, point), first, number)}.${text.slice(point + 1)}`
	}
	if (kinds.size > 1) throw notANumber(number)
	if (separators.length > 1 || !isPointOrComma(last)) return withoutGroups(text, first, number)
	if (/^\d{1,3},\d{3}$/.test(text)) {
		const problem = `price must tell the decimal separator: ${number} can be read in two ways`
		throw new RowError('PRICE_AMBIGUOUS', problem)
	}
	return text.replace(last, '.')
}

function isPointOrComma(separator: string): boolean {
	return separator === '.' || separator === ','
}

function withoutGroups(text: string, separator: string, number: string): string {
	const [first = '', ...groups] = text.split(separator)
	const isGrouped = first.length >= 1 && first.length <= 3 && groups.every((group) => group.length === 3)
	if (!isGrouped) throw notANumber(number)
	return [first, ...groups].join('')
}

function notANumber(number: string): RowError {
	return new RowError('PRICE_INVALID', `price must be a decimal from 0, such as "9.99", not ${JSON.stringify(number)}`)
}
