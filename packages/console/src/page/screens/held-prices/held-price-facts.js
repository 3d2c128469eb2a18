/** @import { HeldPrice } from '@mercat/client' */
/** @import { Children } from '../../parts/markup/html.js' */
import { DefinitionList } from '../../parts/definition-list.js'
import { html } from '../../parts/markup/html.js'
import { formatMoney, Money } from '../../parts/values/money.js'
import { Time } from '../../parts/values/time.js'
import { Opinions } from './opinions.js'
import { changeText, ruleWords } from './rule-words.js'

/**
 * A held price as it is to be decided.
 *
 * @param {{ hold: HeldPrice }} props
 */
export function HeldPriceFacts({ hold }) {
	return html`<${DefinitionList} entries=${[...productFacts(hold), ...priceFacts(hold)]} />`
}

/**
 * A held price that has changed since a person has seen it: the old price, the one that was seen, and the new one.
 *
 * @param {{ seen: HeldPrice, now: HeldPrice | undefined }} props `now` is the hold, if it is still open
 */
export function ChangedPriceFacts({ seen, now }) {
	const prices = now === undefined ? endedFacts(seen) : priceFacts(now, seen)
	return html`<${DefinitionList} entries=${[...productFacts(seen), ...prices]} />`
}

/**
 * @param {HeldPrice} hold
 * @returns {[string, Children][]}
 */
function productFacts({ title, source }) {
	return [
		['Product', title],
		['Source', source],
	]
}

/**
 * @param {HeldPrice} hold
 * @param {HeldPrice} [seen] the hold as a person has seen it before
 * @returns {[string, Children][]}
 */
function priceFacts(hold, seen) {
	const { oldPrice, currentPrice, newPrice, opinions, until } = hold
	const hasMoved = formatMoney(oldPrice) !== formatMoney(currentPrice)
	return [
		['Price now', html`<${Money} amount=${currentPrice} />`],
		['Price that you saw', seen && html`<${PriceAndChange} hold=${seen} />`],
		['New price', html`<strong><${Money} amount=${newPrice} /></strong>`],
		['Price when it was held', hasMoved ? html`<${Money} amount=${oldPrice} />` : undefined],
		['Change', changeText(hold)],
		['Held because', ruleWords(hold)],
		['Others say', html`<${Opinions} opinions=${opinions} />`],
		['Dropped at', until ? html`<${Time} at=${until} exact />` : undefined],
	]
}

// The product may have any price by now.
/**
 * @param {HeldPrice} seen
 * @returns {[string, Children][]}
 */
function endedFacts(seen) {
	return [
		['Price when it was held', html`<${Money} amount=${seen.oldPrice} />`],
		['Price that you saw', html`<${PriceAndChange} hold=${seen} />`],
	]
}

/** @param {{ hold: HeldPrice }} props */
function PriceAndChange({ hold }) {
	const change = changeText(hold)
	return html`<${Money} amount=${hold.newPrice} />${change && html` <span class="faint">${change}</span>`}`
}
