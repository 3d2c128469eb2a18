/** @import { ApiError } from '../../api/api-error.js' */
import { html } from '../../parts/markup/html.js'
import { StatusPill } from '../../parts/status-pill.js'
import { Time } from '../../parts/values/time.js'

/**
 * Whether the figures are of now. A screen reader hears when that changes.
 *
 * @param {{ at: string, isStale: boolean, isAsked: boolean, error?: ApiError }} props `isAsked` is true where all
 * streams are taken. `error` is why the stream has ended for good
 */
export function StreamNote({ at, isStale, isAsked, error }) {
	return html`
		<p class="stream-note" role="status">
			${
				isStale
					? html`<${StatusPill} state="down">no news</${StatusPill}>
						<span>The last status was <${Time} at=${at} />. ${error?.detail ?? 'The page connects again by itself.'}</span>`
					: html`<${StatusPill} state="up">live</${StatusPill}>
						${isAsked && html`<span>Every 2 s, because others watch with the same name or too many watch at all.</span>`}`
			}
		</p>
	`
}
