import { isAmount } from '@mercat/catalog-api/amounts'

const decimalForm = /^(\d{1,16})(?:\.(\d{1,16}))?$/

/** An amount that is already in the minor unit: a whole number. */
export function readMinorAmount(value: unknown): number | undefined {
	return typeof value === 'number' && isAmount(value) ? value : undefined
}

/**
 * The minor units of an amount in major units: a text such as "12.90", or a number, which counts as its shortest decimal.
 * Undefined for an amount that is not exact in the minor unit, such as 12.905 where the currency has two decimal places.
 *
 * @param digits the decimal places of the currency
 */
export function readMajorAmount(value: unknown, digits: number): number | undefined {
	if (typeof value !== 'string' && typeof value !== 'number') return undefined
	const [, whole, fraction = ''] = decimalForm.exec(String(value)) ?? []
	if (whole === undefined || !isZero(fraction.slice(digits))) return undefined
	const amountMinor = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'))
	return isAmount(amountMinor) ? amountMinor : undefined
}

function isZero(digits: string): boolean {
	return digits === '' || /^0+$/.test(digits)
}
