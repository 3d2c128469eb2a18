import { useEffect, useState } from 'preact/hooks'
import { html } from '../markup/html.js'

// The long style names the zone. Sentences of the API have times in UTC, so a time without its zone would mislead.
const localFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' })
const clockFormat = new Intl.DateTimeFormat('en-GB', { timeStyle: 'long' })
const utcFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long', timeZone: 'UTC' })
/** @type {Set<() => void>} */
const shown = new Set()
/** @type {ReturnType<typeof setInterval> | undefined} */
let clock

/**
 * A time as the distance from now, such as `12 s ago`. Its title has the exact time, here and in UTC.
 *
 * @param {{ at?: string | null, exact?: boolean | 'utc' | 'clock' }} props `exact` shows the exact time instead:
 *   here, in UTC, or without its day
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
	const [local, utc] = [localFormat.format(date), utcFormat.format(date)]
	const title = local === utc ? utc : `${local} (${utc})`
	return html`<time datetime=${at} title=${title}>${textOf(exact, date) ?? distanceOf(date.getTime() - Date.now())}</time>`
}

/**
 * @param {boolean | 'utc' | 'clock'} exact
 * @param {Date} date
 */
function textOf(exact, date) {
	if (exact === false) return undefined
	if (exact === 'utc') return utcFormat.format(date)
	return (exact === 'clock' ? clockFormat : localFormat).format(date)
}

/**
 * A duration in its largest unit, such as `3 min ago` or `in 2 h`. The future is rounded up: eight hours that have just
 * begun are `in 8 h`.
 *
 * @param {number} ms negative for the past
 */
export function distanceOf(ms) {
	const text = lengthOf(Math.abs(ms) / 1000, ms > 0 ? Math.ceil : Math.floor)
	if (text === '0 s') return 'now'
	return ms < 0 ? `${text} ago` : `in ${text}`
}

/**
 * A length of time in its largest unit.
 *
 * @param {number} seconds
 * @param {(count: number) => number} round to a whole number
 */
export function lengthOf(seconds, round = Math.floor) {
	if (round(seconds) < 60) return `${round(seconds)} s`
	if (round(seconds / 60) < 60) return `${round(seconds / 60)} min`
	if (round(seconds / 3_600) < 48) return `${round(seconds / 3_600)} h`
	return `${round(seconds / 86_400)} days`
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
