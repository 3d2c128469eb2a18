/** @import { ChangeFeed } from './use-product-changes.js' */
import { textOf } from '../../api/api-error.js'
import { useIsLate } from '../../api/use-is-late.js'
import { html } from '../../parts/markup/html.js'
import { Time } from '../../parts/values/time.js'
import { mostRows } from './change-rows.js'

// The catalog tells how far it is at least each 5 s.
const everyMs = 10_000

/**
 * Tells whether the list is of now, and shows newer changes when the person asks for them.
 *
 * @param {{ feed: ChangeFeed, isPaused: boolean, setPaused: (isPaused: boolean) => void, showNewest: () => void }} props
 */
export function ChangeState({ feed, isPaused, setPaused, showNewest }) {
	const { rows, waiting, asOf, receivedAt, error } = feed
	const isLate = useIsLate(receivedAt, everyMs)
	const trouble = error === undefined ? (isLate ? 'nothing has come from the catalog' : undefined) : textOf(error)
	const isLive = trouble === undefined && asOf !== undefined && !isPaused && waiting === 0
	return html`
		<div class="feed-state">
			<span class=${`feed-light${isLive ? ' feed-live' : ''}`} aria-hidden="true"></span>
			<span role="status">${trouble === undefined ? nameOf(isPaused, feed) : `No news at the moment: ${trouble}`}</span>
			${asOf && html`<span class="faint">as of <${Time} at=${asOf} /></span>`}
			<span class="faint">${rows.length.toLocaleString('en')} ${rows.length === 1 ? 'row' : 'rows'}</span>
			${waiting > 0 && html`<button type="button" class="small" onClick=${showNewest}>Show ${newerText(waiting)}</button>`}
			<button type="button" class="quiet small" onClick=${() => setPaused(!isPaused)}>${isPaused ? 'Continue' : 'Pause'}</button>
		</div>
	`
}

/**
 * @param {boolean} isPaused
 * @param {ChangeFeed} feed
 */
function nameOf(isPaused, { asOf, waiting }) {
	if (isPaused) return 'Paused'
	if (asOf === undefined) return 'Waiting for the catalog'
	return waiting > 0 ? 'Held, because you are at a row' : 'Live'
}

/** @param {number} waiting */
function newerText(waiting) {
	if (waiting >= mostRows) return `the newest ${mostRows}`
	return `${waiting} newer ${waiting === 1 ? 'change' : 'changes'}`
}
