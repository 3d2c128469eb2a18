import { html } from '../../parts/markup/html.js'

/**
 * Where the rows are that a run has rejected. The catalog has only their number.
 *
 * @param {{ hasRejected: boolean }} props
 */
export function RejectedNote({ hasRejected }) {
	if (!hasRejected) return null
	return html`
		<p class="rejected-note">
			The report of a run has each rejected row with its line and its reason:
			<code>mercat feeds sync feeds.json --report report.csv</code>
		</p>
	`
}
