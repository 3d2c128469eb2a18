import { useEffect } from 'preact/hooks'

/**
 * Moves the focus to an element, such as the heading of the screen, when the element that has it goes away: a button of a
 * transition that was made, or a row that is settled. Else somebody without a mouse would begin again at the top.
 *
 * @param {{ current: HTMLElement | null }} element
 */
export function useKeptFocus(element) {
	useEffect(() => {
		/** @type {Element | undefined} */
		let focused
		const remember = () => {
			// A long table draws only the rows in view. A row that was scrolled away is not gone.
			const { activeElement } = document
			focused = activeElement?.closest('.windowed') ? undefined : (activeElement ?? undefined)
		}
		const forget = () => {
			focused = undefined
		}
		const removals = new MutationObserver(() => {
			if (focused === undefined || focused.isConnected) return
			focused = undefined
			if (document.activeElement === document.body) element.current?.focus({ preventScroll: true })
		})
		remember()
		document.addEventListener('focusin', remember)
		document.addEventListener('pointerdown', forget)
		removals.observe(document.body, { childList: true, subtree: true })
		return () => {
			document.removeEventListener('focusin', remember)
			document.removeEventListener('pointerdown', forget)
			removals.disconnect()
		}
	}, [])
}
