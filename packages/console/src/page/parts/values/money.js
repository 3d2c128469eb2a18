import { html } from '../markup/html.js'
import { currencyDigits } from './currency-digits.js'

/** @type {Map<number, Intl.NumberFormat>} */
const formats = new Map()

/**
 * An amount as people write it, such as `EUR 12.99`.
 *
 * @param {{ amountMinor: number, currency: string }} amount
 */
export function formatMoney(amount) {
	// No-break space.
	return `${amount.currency}\u00a0${formatAmount(amount)}`
}

/**
 * An amount without its currency, such as `12.99`.
 *
 * @param {{ amountMinor: number, currency: string }} amount
 */
export function formatAmount({ amountMinor, currency }) {
	const digits = currencyDigits[currency] ?? 2
	let format = formats.get(digits)
	if (format === undefined) {
		format = new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
		formats.set(digits, format)
	}
	// As a text, because a large amount divided by a hundred has no exact number.
	return format.format(/** @type {any} */ (`${amountMinor}e-${digits}`))
}

/** @param {{ amount?: { amountMinor: number, currency: string } | null }} props */
export function Money({ amount }) {
	if (amount === undefined || amount === null) return html`<span class="faint">–</span>`
	return html`<span class="money">${formatMoney(amount)}</span>`
}
