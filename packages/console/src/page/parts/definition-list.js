/** @import { Children } from './markup/html.js' */
import { html } from './markup/html.js'

/**
 * Names and values. Entries whose value is undefined or null are left out.
 *
 * @param {{ entries: [name: string, value: Children][] }} props
 */
export function DefinitionList({ entries }) {
	const given = entries.filter(([, value]) => value !== undefined && value !== null)
	return html`
		<dl class="definitions">
			${given.map(([name, value], index) => html`<div key=${`${index} ${name}`}><dt>${name}</dt><dd>${value}</dd></div>`)}
		</dl>
	`
}
