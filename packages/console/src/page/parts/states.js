/** @import { ApiError } from '../api/api-error.js' */
/** @import { Children } from './markup/html.js' */
import { Faults } from './dialogs/faults.js'
import { html } from './markup/html.js'

/**
 * A list or a place with nothing in it. `children` tell what to do about it.
 *
 * @param {{ title: string, children?: Children }} props
 */
export function Empty({ title, children }) {
	return html`<div class="state"><p class="state-title">${title}</p>${children && html`<p>${children}</p>`}</div>`
}

/** @param {{ label?: string }} props */
export function Loading({ label = 'Loading …' }) {
	return html`<div class="state" role="status"><p class="faint">${label}</p></div>`
}

/**
 * An error of the API, with its code and its trace id.
 *
 * @param {{ error: ApiError, retry?: () => void }} props
 */
export function Failure({ error, retry }) {
	return html`
		<div class="state failure" role="alert">
			<p class="state-title">${titleOf(error)}</p>
			<p>${error.detail}</p>
			<${Faults} error=${error} />
			<p class="faint">
				${error.code}${error.traceId && html` · trace <code>${error.traceId}</code>`}
			</p>
			${retry && html`<button type="button" onClick=${retry}>Try again</button>`}
		</div>
	`
}

/** @param {ApiError} error */
function titleOf({ status }) {
	switch (status) {
		case 0:
			return 'No answer'
		case 403:
			return 'Your token does not permit this'
		case 404:
			return 'Not found'
		case 429:
			return 'Too many requests'
		default:
			return status >= 500 ? 'The service has trouble' : 'The service refused this'
	}
}
