import { useEffect, useState } from 'preact/hooks'
import { html } from './html.js'

/** @typedef {{ id: number, text: string, tone: 'good' | 'bad' }} Toast */

const shownMs = 6_000
/** @type {Toast[]} */
let toasts = []
/** @type {Set<(toasts: Toast[]) => void>} */
const listeners = new Set()
let latestId = 0

/**
 * Tells the result of an action at the edge of the page for some seconds.
 *
 * @param {string} text
 * @param {'good' | 'bad'} [tone]
 */
export function toast(text, tone = 'good') {
	const id = ++latestId
	publish([...toasts.slice(-3), { id, text, tone }])
	setTimeout(() => publish(toasts.filter((each) => each.id !== id)), shownMs)
}

/** The place of the toasts. The shell has it once. */
export function Toasts() {
	const [shown, setShown] = useState(toasts)
	useEffect(() => {
		listeners.add(setShown)
		return () => void listeners.delete(setShown)
	}, [])
	return html`
		<div class="toasts" role="status">
			${shown.map(({ id, text, tone }) => html`<p key=${id} class=${`toast toast-${tone}`}>${text}</p>`)}
		</div>
	`
}

/** @param {Toast[]} next */
function publish(next) {
	toasts = next
	for (const listener of listeners) listener(next)
}
