import { html } from './html.js'

/** @type {Map<string, Intl.NumberFormat>} */
const formats = new Map()

/**
 * An amount as people write it, such as `EUR 12.99`.
 *
 * @param {{ amountMinor: number, currency: string }} amount
 */
export function formatMoney({ amountMinor, currency }) {
	const format = formatOf(currency)
	return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

/** @param {{ amount?: { amountMinor: number, currency: string } | null }} props */
export function Money({ amount }) {
	if (amount === undefined || amount === null) return html`<span class="faint">–</span>`
	return html`<span class="money">${formatMoney(amount)}</span>`
}

/** @param {string} currency */
function formatOf(currency) {
	const known = formats.get(currency)
	if (known !== undefined) return known
	const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' })
	formats.set(currency, format)
	return format
}
