/** @import { Money } from '@mercat/client' */
import { currencyDigits } from '../../../../parts/values/currency-digits.js'
import { formatAmount } from '../../../../parts/values/money.js'

/**
 * Limits as a person enters them, in major units. An empty text is no limit.
 *
 * @typedef {{ floor: string, ceiling: string }} EnteredLimits
 * @typedef {{ floor?: string, ceiling?: string }} LimitFaults
 */

/**
 * The texts of limits that are set. Limits in another currency are not shown as if they were in this one.
 *
 * @param {{ floor: Money | null, ceiling: Money | null }} limits
 * @param {string} currency
 * @returns {EnteredLimits}
 */
export function enteredFrom({ floor, ceiling }, currency) {
	return { floor: textOf(floor, currency), ceiling: textOf(ceiling, currency) }
}

/**
 * Why limits cannot be set, by field.
 *
 * @param {EnteredLimits} entered
 * @param {string} currency
 * @returns {LimitFaults}
 */
export function faultsOf(entered, currency) {
	/** @type {LimitFaults} */
	const faults = {}
	const [floor, ceiling] = [minorOf(entered.floor, currency), minorOf(entered.ceiling, currency)]
	const digits = digitsOf(currency)
	const rule = `must be an amount ${digits === 0 ? 'without decimal places' : `with at most ${digits} decimal places`}.`
	if (floor === undefined) faults.floor = `The floor ${rule}`
	if (ceiling === undefined) faults.ceiling = `The ceiling ${rule}`
	if (typeof floor === 'number' && typeof ceiling === 'number' && floor > ceiling) {
		faults.ceiling = 'The ceiling cannot be below the floor.'
	}
	return faults
}

/**
 * The body that sets limits.
 *
 * @param {EnteredLimits} entered limits without faults
 * @param {string} currency
 */
export function bodyOf({ floor, ceiling }, currency) {
	return { floor: moneyOf(floor, currency), ceiling: moneyOf(ceiling, currency) }
}

/**
 * @param {string} text
 * @param {string} currency
 * @returns {Money | null}
 */
function moneyOf(text, currency) {
	const amountMinor = minorOf(text, currency)
	return typeof amountMinor === 'number' ? { amountMinor, currency } : null
}

/**
 * An amount in minor units. Null for an empty text, and undefined for a text that is no amount.
 *
 * @param {string} text
 * @param {string} currency
 * @returns {number | null | undefined}
 */
function minorOf(text, currency) {
	const given = text.trim().replace(',', '.')
	if (given === '') return null
	const [, whole, decimals = ''] = /^(\d{1,16})(?:\.(\d+))?$/.exec(given) ?? []
	if (whole === undefined || decimals.length > digitsOf(currency)) return undefined
	const amountMinor = Number(whole + decimals.padEnd(digitsOf(currency), '0'))
	return Number.isSafeInteger(amountMinor) ? amountMinor : undefined
}

/**
 * @param {Money | null} limit
 * @param {string} currency
 */
function textOf(limit, currency) {
	return limit?.currency === currency ? formatAmount(limit).replaceAll(',', '') : ''
}

/** @param {string} currency */
function digitsOf(currency) {
	return currencyDigits[currency] ?? 2
}
