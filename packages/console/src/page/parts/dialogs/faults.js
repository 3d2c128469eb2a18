/** @import { ApiError } from '../../api/api-error.js' */
import { faultsOf } from '../../api/api-error.js'
import { html } from '../markup/html.js'

const most = 10

/**
 * The fields of a request that are at fault, each with a sentence. Nothing for an error without such fields.
 *
 * @param {{ error: ApiError }} props
 */
export function Faults({ error }) {
	const faults = faultsOf(error)
	if (faults.length === 0) return null
	const rest = faults.length - most
	return html`
		<ul class="faults">
			${faults.slice(0, most).map(({ field, text }, index) => html`<li key=${index}>${field !== '' && html`<strong>${field}</strong> `}${text}</li>`)}
			${rest > 0 && html`<li key="rest">and ${rest} more</li>`}
		</ul>
	`
}
