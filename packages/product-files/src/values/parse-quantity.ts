import { largestAmount } from '@mercat/catalog-api/amounts'
import { RowError } from './row-error.ts'

/**
 * Reads a quantity on hand: a whole number, also with a zero fraction, as in "10.0". Undefined for an empty one, because
 * nothing is known of the stock then.
 *
 * @throws RowError for everything else
 */
export function parseQuantity(value: unknown): number | undefined {
	if (value === null) return undefined
	const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : undefined
	if (text === '') return undefined
	const quantity = text !== undefined && /^\d+(?:\.0+)?$/.test(text) ? Number(text) : Number.NaN
	if (quantity >= 0 && quantity <= largestAmount) return quantity
	const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 64)) : String(value)
	throw new RowError('QUANTITY_INVALID', `onHand must be a whole number from 0 to 2^53 - 1, not ${shown}`)
}
