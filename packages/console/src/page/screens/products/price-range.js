import { html } from '../../parts/markup/html.js'
import { minorUnitsOf, priceText, withValues } from './product-search.js'

/**
 * Prices in one currency. The API compares prices of one currency only, so a range needs it.
 *
 * @param {{ search: URLSearchParams, onChange: (search: URLSearchParams) => void }} props
 */
export function PriceRange({ search, onChange }) {
	const currency = search.get('currency') ?? ''

	/** @param {{ currentTarget: HTMLInputElement }} event */
	const setCurrency = ({ currentTarget }) => {
		const code = currentTarget.value.trim().toUpperCase()
		if (code === '' || /^[A-Z]{3}$/.test(code)) onChange(withValues(search, { currency: code }))
	}

	/** @param {{ currentTarget: HTMLInputElement }} event */
	const setBound = ({ currentTarget }) =>
		onChange(withValues(search, { [currentTarget.name]: minorUnitsOf(currentTarget.value, currency) }))

	return html`
		<fieldset class="facet price-range">
			<legend>Price</legend>
			<label>Currency <input name="currency" size="4" maxlength="3" placeholder="EUR" autocomplete="off" value=${currency} onChange=${setCurrency} /></label>
			${
				currency !== '' &&
				html`
					<label>From <input name="minPrice" size="7" inputmode="decimal" autocomplete="off" value=${priceText(search.get('minPrice'), currency)} onChange=${setBound} /></label>
					<label>To <input name="maxPrice" size="7" inputmode="decimal" autocomplete="off" value=${priceText(search.get('maxPrice'), currency)} onChange=${setBound} /></label>
				`
			}
		</fieldset>
	`
}
