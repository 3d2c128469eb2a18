/** @import { HeldPrice } from '@mercat/client' */

/**
 * Why a price is held, in words. A rule of the source that has sent the price is shown as it is, with its figures.
 *
 * @param {Pick<HeldPrice, 'rule' | 'figures'>} hold
 */
export function ruleWords({ rule, figures }) {
	const { changePercent, maxPriceChangePercent: limit, ...others } = figures
	const isChange = rule === 'PRICE_FELL' || rule === 'PRICE_ROSE'
	const words = rulesByName[rule] ?? rule
	const reason = isChange && limit !== undefined ? `${words} by more than ${percent(limit)}` : words
	const shown = Object.entries(isChange || limit === undefined ? others : { ...others, maxPriceChangePercent: limit })
	return shown.length === 0 ? reason : `${reason} (${shown.map(figureText).join(', ')})`
}

/** @type {Record<string, string>} */
const rulesByName = {
	PRICE_FELL: 'fell',
	PRICE_ROSE: 'rose',
	CURRENCY_CHANGED: 'another currency',
	BELOW_FLOOR: 'below the floor',
	ABOVE_CEILING: 'above the ceiling',
}

/** @param {[name: string, value: number]} figure */
function figureText([name, value]) {
	return `${name} ${value.toLocaleString('en', { maximumFractionDigits: 3 })}`
}

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
