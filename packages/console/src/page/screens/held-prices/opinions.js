/** @import { HeldPrice } from '@mercat/client' */
import { html } from '../../parts/markup/html.js'
import { formatMoney } from '../../parts/values/money.js'

/**
 * The prices of other sources.
 *
 * @param {Pick<HeldPrice, 'opinions'>} props
 */
export function Opinions({ opinions }) {
	if (opinions.length === 0) return html`<span class="faint">no other price</span>`
	return html`${opinions.map(({ source, price }) => `${source} ${formatMoney(price)}`).join(', ')}`
}
