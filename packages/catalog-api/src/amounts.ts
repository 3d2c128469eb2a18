/** Amounts in minor units, totals and quantities are integers up to this; beyond it a number is not exact. */
export const largestAmount = Number.MAX_SAFE_INTEGER

/** Whether a number is an integer from 0 to 2^53 - 1. */
export function isAmount(value: number): boolean {
	return Number.isSafeInteger(value) && value >= 0
}
