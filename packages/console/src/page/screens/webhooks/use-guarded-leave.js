import { useEffect, useRef } from 'preact/hooks'
import { keepPlace } from '../../routing/router.js'

/**
 * Keeps the page at its place while the component is there. `onLeave` is called when somebody goes back or elsewhere in the
 * console; the browser itself asks before the page is closed or loaded again.
 *
 * @param {() => void} onLeave
 * @returns {() => void} ends it earlier
 */
export function useGuardedLeave(onLeave) {
	const latest = useRef(onLeave)
	latest.current = onLeave
	const release = useRef(() => {})
	useEffect(() => {
		const releasePlace = keepPlace(() => latest.current())
		/** @param {Event} event */
		const warn = (event) => event.preventDefault()
		window.addEventListener('beforeunload', warn)
		release.current = () => {
			releasePlace()
			window.removeEventListener('beforeunload', warn)
		}
		return () => release.current()
	}, [])
	return () => release.current()
}
