import { html } from '../../parts/markup/html.js'

/** @type {Record<string, string>} */
const titles = { category: 'Category', brand: 'Brand' }

/**
 * The values of a facet to choose from. A chosen value is shown also when no product has it.
 *
 * @param {{
 *   name: string,
 *   values: { value: string, count: number }[],
 *   chosen: string[],
 *   onChoose: (value: string, isWanted: boolean) => void,
 * }} props
 */
export function FacetChoices({ name, values, chosen, onChoose }) {
	const missing = chosen.filter((value) => !values.some((each) => each.value === value))
	const shown = [...missing.map((value) => ({ value, count: 0 })), ...values].filter(({ value }) => value !== '')
	if (shown.length === 0) return null
	return html`
		<fieldset class="facet">
			<legend>${titles[name] ?? name}</legend>
			${shown.map(
				({ value, count }) => html`
					<label key=${value} class="choice">
						<input type="checkbox" checked=${chosen.includes(value)}
							onChange=${(/** @type {{ currentTarget: HTMLInputElement }} */ event) => onChoose(value, event.currentTarget.checked)} />
						<span>${breakable(value)}</span> <span class="count">${count}</span>
					</label>
				`,
			)}
		</fieldset>
	`
}

// A path of categories breaks after a slash rather than inside of a word.
/** @param {string} path */
function breakable(path) {
	return path.split('/').flatMap((part, index) => (index === 0 ? [part] : ['/', html`<wbr />`, part]))
}
