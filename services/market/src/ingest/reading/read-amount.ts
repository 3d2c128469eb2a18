import { isAmount } from '@mercat/catalog-api/amounts'
import { minorUnits } from '@mercat/catalog-api/currencies'

const decimalForm = /^\d{1,16}(?:\.\d{1,16})?$/

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
	const decimal = String(value)
	const amountMinor = decimalForm.test(decimal) ? minorUnits(decimal, digits) : undefined
	return amountMinor !== undefined && isAmount(amountMinor) ? amountMinor : undefined
}
