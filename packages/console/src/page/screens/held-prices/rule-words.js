/** @import { HeldPrice } from '@mercat/client' */

/**
 * Why a price is held, in words.
 *
 * @param {Pick<HeldPrice, 'rule' | 'figures'>} hold
 */
export function ruleWords({ rule, figures }) {
	const limit = figures['maxPriceChangePercent']
	const words = rulesByName[rule] ?? rule.toLowerCase().replaceAll('_', ' ')
	return limit === undefined ? words : `${words} by more than ${percent(limit)}`
}

/** @type {Record<string, string>} */
const rulesByName = { PRICE_FELL: 'fell', PRICE_ROSE: 'rose', CURRENCY_CHANGED: 'another currency' }

/**
 * The change from the old price to the new one, such as `−90 %`. Undefined where the rule has no such figure.
 *
 * @param {Pick<HeldPrice, 'figures'>} hold
 */
export function changeText({ figures }) {
	const change = figures['changePercent']
	if (change === undefined) return undefined
	return `${change < 0 ? '−' : '+'}${percent(Math.abs(change))}`
}

/** @param {number} number */
function percent(number) {
	// No-break space.
	return `${number.toLocaleString('en', { maximumFractionDigits: 1 })}\u00a0%`
}
