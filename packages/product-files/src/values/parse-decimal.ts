import { RowError } from './row-error.ts'

/**
 * The decimal, with a point and without groups, that a number as people write it can only mean: "1.234,50" is "1234.50".
 * The number begins and ends with a digit. "1.234" has a decimal point where the currency has three decimal places.
 *
 * @param digits the decimal places of the currency
 * @throws RowError PRICE_AMBIGUOUS for "1,234" and "1.234", and PRICE_INVALID where the separators make no number
 */
export function toDecimal(number: string, digits: number): string {
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
	const decimal = text.replace(last, '.')
	if (mayBeGrouped.test(text) && (last === ',' || digits < 3)) throw ambiguous(number, decimal, digits)
	return decimal
}

const firstGroup = /^[1-9]\d{0,2}$/
const mayBeGrouped = /^[1-9]\d{0,2}[.,]\d{3}$/

function ambiguous(number: string, decimal: string, digits: number): RowError {
	const asDecimal = digits < 3 ? `with ${digits} decimal places` : `as ${decimal}`
	const advice = `write it as ${decimal.replace('.', '')} or ${asDecimal}`
	return new RowError('PRICE_AMBIGUOUS', `price can be read in two ways, as ${number} is: ${advice}`)
}

function isPointOrComma(separator: string): boolean {
	return separator === '.' || separator === ','
}

function withoutGroups(text: string, separator: string, number: string): string {
	const [first = '', ...groups] = text.split(separator)
	const isGrouped = firstGroup.test(first) && groups.every((group) => group.length === 3)
	if (!isGrouped) throw notANumber(number)
	return [first, ...groups].join('')
}

function notANumber(number: string): RowError {
	return new RowError('PRICE_INVALID', `price must be a decimal from 0, such as "9.99", not ${JSON.stringify(number)}`)
}
