/** @import { ProductList } from '@mercat/client' */
import { html } from '../../parts/markup/html.js'

/**
 * Says how products match a search, when they do not have all of its words.
 *
 * @param {Pick<ProductList, 'match' | 'correctedQuery'>} props
 */
export function MatchNote({ match, correctedQuery }) {
	if (match === 'CORRECTED')
		return html`<p class="match-note">Showing results for <strong>${correctedQuery}</strong></p>`
	if (match === 'SOME') return html`<p class="match-note">No product has all words. These have some of them.</p>`
	return null
}
