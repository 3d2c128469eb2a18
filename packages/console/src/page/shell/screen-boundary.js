/** @import { Children } from '../parts/markup/html.js' */
import { Fragment } from 'preact'
import { useErrorBoundary } from 'preact/hooks'
import { html } from '../parts/markup/html.js'

/**
 * Keeps the failure of a screen to that screen: the navigation stays, and the person stays signed in.
 *
 * @param {{ children?: Children }} props
 */
export function ScreenBoundary({ children }) {
	const [error, reload] = useErrorBoundary((cause) => console.error(cause))
	if (error === undefined) return html`<${Fragment}>${children}</${Fragment}>`
	return html`
		<div class="state failure" role="alert">
			<h1 class="state-title">This screen failed</h1>
			<p>That is a fault of the console. The shop is not affected.</p>
			<p class="faint">${error instanceof Error ? error.message : String(error)}</p>
			<button type="button" onClick=${reload}>Load the screen again</button>
		</div>
	`
}
