/** @import { Claims } from '../session/claims.js' */
import { html } from '../parts/html.js'
import { Empty } from '../parts/states.js'
import { Toasts } from '../parts/toast.js'
import { navigate, usePlace } from '../routing/router.js'
import { useSession } from '../session/session.js'
import { Navigation } from './navigation.js'
import { findScreen } from './screens.js'
import { SignIn } from './sign-in.js'

/** The whole page: the navigation and one screen, or the sign-in in their place. */
export function App() {
	const { claims, notice } = useSession()
	const { path, query } = usePlace()
	if (claims === undefined) return html`<${SignIn} notice=${notice} />`
	const found = findScreen(path)
	return html`
		<a class="skip-link" href="#main" onClick=${skipToMain}>Skip to the content</a>
		<div class="shell">
			<${Navigation} section=${found?.entry.section ?? found?.entry.label} claims=${claims} />
			<main id="main" tabindex="-1">
				<${Screen} found=${found} claims=${claims} query=${query} />
			</main>
		</div>
		<${Toasts} />
	`
}

/** @param {{ found: ReturnType<typeof findScreen>, claims: Claims, query: URLSearchParams }} props */
function Screen({ found, claims, query }) {
	if (found === undefined) {
		return html`<${Empty} title="This address has no screen"><a href="#/live">Go to Live</a></${Empty}>`
	}
	const { screen, pattern, scope } = found.entry
	if (!claims.scopes.includes(scope)) {
		return html`
			<${Empty} title="Your token does not open this screen">
				It needs the scope <code>${scope}</code>. Ask your operators for a token of staff.
			</${Empty}>
		`
	}
	const key = `${claims.subject} ${pattern} ${JSON.stringify(found.params)}`
	return html`<${screen} key=${key} params=${found.params} query=${query} navigate=${navigate} />`
}

// The fragment of the address names the screen, so the link moves the focus itself.
/** @param {MouseEvent} event */
function skipToMain(event) {
	event.preventDefault()
	document.getElementById('main')?.focus()
}
