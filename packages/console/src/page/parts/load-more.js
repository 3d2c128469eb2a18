/** @import { ApiError } from '../api/api-error.js' */
import { html } from './markup/html.js'
import { Failure } from './states.js'

/**
 * The end of a list that has more pages.
 *
 * @param {{ more?: () => void, isLoading: boolean, error?: ApiError, label?: string }} props `more` is undefined on the last page
 */
export function LoadMore({ more, isLoading, error, label = 'Load more' }) {
	if (error !== undefined) return html`<${Failure} error=${error} retry=${more} />`
	if (more === undefined) return null
	return html`
		<div class="load-more">
			<button type="button" onClick=${() => isLoading || more()} aria-disabled=${isLoading}>${isLoading ? 'Loading …' : label}</button>
		</div>
	`
}
