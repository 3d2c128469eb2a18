/** @import { Children } from './markup/html.js' */
/** @import { Tone } from './status-pill.js' */
import { html } from './markup/html.js'
import { Time } from './values/time.js'

/** @typedef {{ key: string, at?: string | null, title: Children, text?: Children, tone?: Tone }} TimelineEntry */

/**
 * Events in the order of time.
 *
 * @param {{ entries: TimelineEntry[], label: string, exact?: boolean | 'utc' }} props `exact` shows the time of each, in place
 *   of the distance from now
 */
export function Timeline({ entries, label, exact = false }) {
	return html`
		<ol class="timeline" aria-label=${label}>
			${entries.map(
				({ key, at, title, text, tone = 'quiet' }) => html`
					<li key=${key} class=${`timeline-${tone}`}>
						<div class="timeline-head"><strong>${title}</strong>${at && html`<${Time} at=${at} exact=${exact} />`}</div>
						${text && html`<div class="timeline-text">${text}</div>`}
					</li>
				`,
			)}
		</ol>
	`
}
