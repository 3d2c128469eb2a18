/** @import { Claims } from '../session/claims.js' */
import { html } from '../parts/markup/html.js'
import { Time } from '../parts/values/time.js'
import { signOut } from '../session/session.js'
import { screensOf } from './screens.js'

/**
 * The links to the screens that the token opens, and the session.
 *
 * @param {{ section?: string, claims: Claims }} props `section` is the label of the present screen
 */
export function Navigation({ section, claims }) {
	return html`
		<header class="sidebar">
			<a class="brand" href="#/"><img src="icon.svg" alt="" width="22" height="22" />Mercat</a>
			<nav aria-label="Screens">
				<ul>
					${screensOf(claims).map(
						({ pattern, label }) =>
							html`<li key=${pattern}><a href=${`#${pattern}`} aria-current=${label === section ? 'page' : undefined}>${label}</a></li>`,
					)}
				</ul>
			</nav>
			<div class="session">
				<p><span class="session-name" title=${`Scopes: ${claims.scopes.join(' ')}`}>${claims.subject}</span>
					<span class="faint session-end">token ends <${Time} at=${new Date(claims.expiresAt).toISOString()} /></span></p>
				<button type="button" class="quiet small" onClick=${() => signOut()}>Sign out</button>
			</div>
		</header>
	`
}
