/** @import { UnsettledChange } from './use-unsettled-change.js' */
import { html } from '../../../parts/markup/html.js'
import { changeText } from './stock-change.js'

/**
 * Tells that the outcome of a change is not known.
 *
 * @param {{ unsettled: UnsettledChange, onDismiss: () => void }} props
 */
export function UnsettledNotice({ unsettled: { change }, onDismiss }) {
	return html`
		<p class="notice inset" role="status">
			It is not known whether this change was made: ${changeText(change)}. The level and the ledger were read again.
			“Change stock …” tries the same change again, which is made only once.
			<button type="button" class="small" onClick=${onDismiss}>Forget this change</button>
		</p>
	`
}
