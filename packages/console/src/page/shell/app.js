/** @import { Claims } from '../session/claims.js' */
import { useEffect } from 'preact/hooks'
import { Toasts } from '../parts/dialogs/toast.js'
import { html } from '../parts/markup/html.js'
import { Empty } from '../parts/states.js'
import { navigate, usePlace } from '../routing/router.js'
import { useSession } from '../session/session.js'
import { Navigation } from './navigation.js'
import { ScreenBoundary } from './screen-boundary.js'
import { findScreen, opens, screensOf } from './screens.js'
import { SignIn } from './sign-in.js'

/** The whole page: the navigation and one screen, or the sign-in in their place. */
export function App() {
	const { claims, notice } = useSession()
	const place = usePlace()
	const start = place.path === '/' && claims !== undefined ? screensOf(claims)[0]?.pattern : undefined
	useEffect(() => {
		if (start !== undefined) navigate(start, { replace: true })
	}, [start])
	if (claims === undefined) return html`<${SignIn} notice=${notice} />`
	const found = findScreen(start ?? place.path)
	return html`
		<a class="skip-link" href="#main" onClick=${skipToMain}>Skip to the content</a>
		<div class="shell">
			<${Navigation} section=${found?.entry.section ?? found?.entry.label} claims=${claims} />
			<main id="main" tabindex="-1">
				<${Screen} found=${found} claims=${claims} query=${place.query} />
			</main>
		</div>
		<${Toasts} />
	`
}

/** @param {{ found: ReturnType<typeof findScreen>, claims: Claims, query: URLSearchParams }} props */
function Screen({ found, claims, query }) {
	if (found === undefined) {
		return html`<${Empty} title="This address has no screen"><a href="#/">Go to the start</a></${Empty}>`
	}
	const { entry, params } = found
	if (!opens(entry, claims)) {
		const scopes = entry.scopes.map((scope, index) => html`${index > 0 && ' or '}<code>${scope}</code>`)
		return html`
			<${Empty} title="Your token does not open this screen">
				It needs the scope ${scopes}. Ask your operators for a token of staff.
			</${Empty}>
		`
	}
	const key = `${claims.subject} ${entry.pattern} ${JSON.stringify(params)}`
	return html`
		<${ScreenBoundary} key=${key}>
			<${entry.screen} params=${params} query=${query} navigate=${navigate} />
		</${ScreenBoundary}>
	`
}

// The fragment of the address names the screen, so the link moves the focus itself.
/** @param {MouseEvent} event */
function skipToMain(event) {
	event.preventDefault()
	document.getElementById('main')?.focus()
}
