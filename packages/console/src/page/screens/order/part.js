/** @import { Loaded } from '../../api/use-load.js' */
/** @import { Children } from '../../parts/markup/html.js' */
import { html } from '../../parts/markup/html.js'
import { Failure, Loading } from '../../parts/states.js'

/**
 * A part of the screen that is loaded by itself. A part that was there stays when it cannot be loaded again.
 *
 * @param {{ loaded: Loaded<unknown>, children?: Children }} props
 */
export function Part({ loaded: { value, error }, children }) {
	if (value !== undefined) return html`${children}`
	return error === undefined ? html`<${Loading} />` : html`<${Failure} error=${error} />`
}
