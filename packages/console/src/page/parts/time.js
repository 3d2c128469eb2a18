import { useEffect, useState } from 'preact/hooks'
import { html } from './html.js'

const exactFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })
/** @type {Set<() => void>} */
const shown = new Set()
/** @type {ReturnType<typeof setInterval> | undefined} */
let clock

/**
 * A time as the distance from now, such as `12 s ago`. Its title has the exact time.
 *
 * @param {{ at?: string | null, exact?: boolean }} props `exact` shows the exact time instead
 */
export function Time({ at, exact = false }) {
	const [, setText] = useState('')
	useEffect(() => {
		if (exact || !at) return undefined
		const atMs = new Date(at).getTime()
		// A text that stays the same draws nothing.
		return onEachSecond(() => setText(distanceOf(atMs - Date.now())))
	}, [exact, at])
	if (!at) return html`<span class="faint">–</span>`
	const date = new Date(at)
	const local = exactFormat.format(date)
	return html`<time datetime=${at} title=${`${local} (${at})`}>${exact ? local : distanceOf(date.getTime() - Date.now())}</time>`
}

/**
 * A duration in its largest unit, such as `3 min ago` or `in 2 h`.
 *
 * @param {number} ms negative for the past
 */
export function distanceOf(ms) {
	const text = lengthOf(Math.abs(ms) / 1000)
	if (text === '0 s') return 'now'
	return ms < 0 ? `${text} ago` : `in ${text}`
}

/**
 * A length of time in its largest unit.
 *
 * @param {number} seconds
 */
export function lengthOf(seconds) {
	if (seconds < 60) return `${Math.floor(seconds)} s`
	if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`
	if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h`
	return `${Math.floor(seconds / 86_400)} days`
}

/**
 * Calls `tick` once a second while the page is visible, until the function that it returns is called. There is one clock for
 * all.
 *
 * @param {() => void} tick
 */
export function onEachSecond(tick) {
	shown.add(tick)
	clock ??= setInterval(() => {
		if (!document.hidden) for (const each of shown) each()
	}, 1_000)
	return () => {
		shown.delete(tick)
		if (shown.size > 0) return
		clearInterval(clock)
		clock = undefined
	}
}
