import { largestAmount } from '@mercat/catalog-api/amounts'
import { RowError } from './row-error.ts'

/**
 * Reads a quantity on hand: a whole number, also with a zero fraction, as in "10.0". Undefined for an empty one, because
 * nothing is known of the stock then.
 *
 * @throws RowError for everything else, also for "1.000", which means 1000 to some and 1 to others
 */
export function parseQuantity(value: unknown): number | undefined {
	if (value === null) return undefined
	const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : undefined
	if (text === '') return undefined
	if (text !== undefined && mayBeGrouped.test(text)) throw ambiguous(text)
	const quantity = text !== undefined && /^\d+(?:\.0+)?$/.test(text) ? Number(text) : Number.NaN
	if (quantity >= 0 && quantity <= largestAmount) return quantity
	const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 64)) : String(value)
	throw new RowError('QUANTITY_INVALID', `onHand must be a whole number from 0 to 2^53 - 1, not ${shown}`)
}

const mayBeGrouped = /^(?!0+[.,])\d{1,3}[.,]000$/

function ambiguous(text: string): RowError {
	const advice = `write it as ${text.replace(/[.,]/, '')} or ${text.slice(0, -4)}`
	return new RowError('QUANTITY_INVALID', `onHand can be read in two ways, as ${text} is: ${advice}`)
}
