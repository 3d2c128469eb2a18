import { useEffect, useRef } from 'preact/hooks'

/**
 * Runs an action again and again while the component is there and the page is seen.
 *
 * @param {() => void} action
 * @param {number} everyMs
 */
export function useRepeat(action, everyMs) {
	const latest = useRef(action)
	latest.current = action
	useEffect(() => {
		const timer = setInterval(() => {
			if (!document.hidden) latest.current()
		}, everyMs)
		return () => clearInterval(timer)
	}, [everyMs])
}
