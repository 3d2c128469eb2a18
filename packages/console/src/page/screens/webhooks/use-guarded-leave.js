import { useEffect, useRef } from 'preact/hooks'

/**
 * Keeps the page at its place while the component is there. `onLeave` is called when somebody goes back or elsewhere in the
 * console; the browser itself asks before the page is closed or loaded again.
 *
 * @param {() => void} onLeave
 */
export function useGuardedLeave(onLeave) {
	const latest = useRef(onLeave)
	latest.current = onLeave
	useEffect(() => {
		const place = window.location.hash
		/** @type {{ currentEntry: { key: string }, traverseTo(key: string): unknown } | undefined} */
		const navigation = /** @type {any} */ (window).navigation
		const entry = navigation?.currentEntry.key
		/** The listeners of the router come after this one. @param {Event} event */
		const stay = (event) => {
			event.stopImmediatePropagation()
			if (window.location.hash === place) return
			// A browser without the interface for navigation gets a new entry, which loses the way forward.
			if (navigation === undefined || entry === undefined) window.history.pushState(null, '', place)
			else navigation.traverseTo(entry)
			latest.current()
		}
		/** @param {Event} event */
		const warn = (event) => event.preventDefault()
		window.addEventListener('hashchange', stay, { capture: true })
		window.addEventListener('beforeunload', warn)
		return () => {
			window.removeEventListener('hashchange', stay, { capture: true })
			window.removeEventListener('beforeunload', warn)
		}
	}, [])
}
