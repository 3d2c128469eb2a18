/** @import { StockAdjustment, StockLevel, StockSetting } from '@mercat/client' */

/**
 * @typedef {'take' | 'add' | 'set'} StockChangeKind
 * @typedef {{ kind: StockChangeKind, quantity: string, reason: string }} StockChange A change as a person enters it
 * @typedef {{ quantity?: string, reason?: string }} StockChangeFaults
 * @typedef {{ onHand: number, available: number }} StockOutcome
 */

/** The catalog keeps reasons up to this length. */
export const longestReason = 200

/**
 * The level that a change leads to. Undefined while the quantity is no number.
 *
 * @param {StockChange} change
 * @param {StockLevel} level
 * @returns {StockOutcome | undefined}
 */
export function outcomeOf({ kind, quantity }, { onHand, held }) {
	const number = wholeNumber(quantity)
	if (number === undefined) return undefined
	const after = kind === 'set' ? number : kind === 'add' ? onHand + number : onHand - number
	return { onHand: after, available: after - held }
}

/**
 * Why a change cannot be made, by field.
 *
 * @param {StockChange} change
 * @param {StockLevel} level
 * @returns {StockChangeFaults}
 */
export function faultsOf(change, level) {
	/** @type {StockChangeFaults} */
	const faults = {}
	const outcome = outcomeOf(change, level)
	if (change.quantity.trim() === '') faults.quantity = 'Quantity is required.'
	else if (outcome === undefined) faults.quantity = 'Quantity must be a whole number without a sign.'
	else if (change.kind !== 'set' && outcome.onHand === level.onHand) faults.quantity = 'Quantity must be at least 1.'
	else if (outcome.onHand < level.held) faults.quantity = heldText(level.held)
	else if (!Number.isSafeInteger(outcome.onHand)) faults.quantity = 'Quantity is too large.'
	if (change.kind !== 'set' && change.reason.trim() === '') faults.reason = 'Reason is required.'
	return faults
}

/**
 * @param {number} held
 * @returns {string}
 */
export function heldText(held) {
	if (held === 0) return 'The quantity on hand cannot be below 0.'
	const count = held.toLocaleString('en')
	return `Orders hold ${count} of it, so the quantity on hand cannot be below ${count}.`
}

/**
 * The request that makes a change.
 *
 * @param {StockChange} change one without faults
 * @param {string} sku
 * @returns {{ path: string, body: StockAdjustment | StockSetting }}
 */
export function requestOf({ kind, quantity, reason }, sku) {
	const path = `/v1/stock/${encodeURIComponent(sku)}`
	const number = Number(quantity.trim())
	const given = reason.trim()
	if (kind === 'set') return { path: `${path}/set`, body: { onHand: number, ...(given !== '' && { reason: given }) } }
	return { path: `${path}/adjust`, body: { delta: kind === 'add' ? number : -number, reason: given } }
}

/**
 * A change in words, such as `take 5 (breakage)`.
 *
 * @param {StockChange} change
 */
export function changeText({ kind, quantity, reason }) {
	const words = kind === 'set' ? `set to ${quantity}` : `${kind} ${quantity}`
	return reason === '' ? words : `${words} (${reason})`
}

/**
 * @param {string} text
 * @returns {number | undefined}
 */
function wholeNumber(text) {
	return /^\d{1,16}$/.test(text.trim()) ? Number(text.trim()) : undefined
}
