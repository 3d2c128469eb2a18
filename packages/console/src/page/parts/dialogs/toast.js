import { useEffect, useState } from 'preact/hooks'
import { html } from '../markup/html.js'

/** @typedef {{ id: number, text: string, tone: 'good' | 'bad' }} Toast */

const shownMs = 6_000
/** @type {Toast[]} */
const noToasts = []
let toasts = noToasts
/** @type {symbol[]} */
let places = []
/** @type {Set<() => void>} */
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

/**
 * A place of toasts: the shell has one, and each dialog has one. They are shown in the place that appeared last, because a
 * modal dialog covers the others.
 */
export function Toasts() {
	const [place] = useState(() => Symbol('place'))
	const [shown, setShown] = useState(noToasts)
	useEffect(() => {
		const listener = () => setShown(places.at(-1) === place ? toasts : noToasts)
		listeners.add(listener)
		places.push(place)
		publish(toasts)
		return () => {
			listeners.delete(listener)
			places = places.filter((each) => each !== place)
			publish(toasts)
		}
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
	for (const listener of listeners) listener()
}
