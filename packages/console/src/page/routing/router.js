import { useEffect, useState } from 'preact/hooks'

/**
 * A place in the console, such as `#/orders/ord_1?tab=events`.
 *
 * @typedef {{ path: string, query: URLSearchParams }} Place
 */

// The start: the first screen that the token opens.
const home = '/'
/** @type {(token: string) => void} */
let takeToken = () => {}
/** @type {(() => void) | undefined} */
let stay
/** The fragment of the latest place, so that a token which replaces it does not lose it. */
let latest = `#${home}`

/**
 * Reads the address, now and whenever it changes. A fragment `#token=…` that is pasted into the open page is taken out of the
 * address at once, and its token is handed over.
 *
 * @param {{ onToken: (token: string) => void }} needs
 */
export function startRouting({ onToken }) {
	takeToken = onToken
	window.addEventListener('hashchange', readAddress)
	readAddress()
}

function readAddress() {
	const fragment = window.location.hash
	const token = /^#token=([^&]*)/.exec(fragment)?.[1]
	if (token === undefined && fragment.startsWith('#/')) {
		if (stay !== undefined && fragment !== latest) stay()
		else latest = fragment
		return
	}
	window.history.replaceState(null, '', latest)
	if (token !== undefined) takeToken(token)
}

/**
 * Keeps the console at its place until the function that it returns is called.
 *
 * @param {() => void} onLeave called when somebody goes back or elsewhere
 */
export function keepPlace(onLeave) {
	/** @type {{ currentEntry: { key: string }, traverseTo(key: string): unknown } | undefined} */
	const navigation = /** @type {any} */ (window).navigation
	const entry = navigation?.currentEntry.key
	stay = () => {
		// A browser without the interface for navigation gets a new entry, which loses the way forward.
		if (navigation === undefined || entry === undefined) window.history.pushState(null, '', latest)
		else navigation.traverseTo(entry)
		onLeave()
	}
	return () => {
		stay = undefined
	}
}

/** @returns {Place} */
function currentPlace() {
	const [path = home, query = ''] = latest.slice(1).split('?')
	return { path, query: new URLSearchParams(query) }
}

/** The place that the address names. The component is drawn again when it changes. */
export function usePlace() {
	const [place, setPlace] = useState(currentPlace)
	useEffect(() => {
		const read = () => setPlace(currentPlace())
		window.addEventListener('hashchange', read)
		read()
		return () => window.removeEventListener('hashchange', read)
	}, [])
	return place
}

/**
 * Goes to a place, such as `/orders?status=paid`.
 *
 * @param {string} path
 * @param {{ replace?: boolean }} [options] `replace` keeps the present place out of the history
 */
export function navigate(path, { replace = false } = {}) {
	const fragment = `#${path}`
	if (fragment === latest) return
	if (!replace) {
		window.location.hash = fragment
		return
	}
	window.history.replaceState(null, '', fragment)
	window.dispatchEvent(new HashChangeEvent('hashchange'))
}

/**
 * The address of a place. Values are encoded; those that are undefined or empty are left out.
 *
 * @param {string[]} segments such as `['orders', id]`
 * @param {Record<string, string | undefined>} [query]
 */
export function placeOf(segments, query = {}) {
	const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
	const search = new URLSearchParams(/** @type {[string, string][]} */ (given)).toString()
	return `#/${segments.map(encodeURIComponent).join('/')}${search === '' ? '' : `?${search}`}`
}
