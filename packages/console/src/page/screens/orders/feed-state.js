/** @import { ApiError } from '../../api/api-error.js' */
/** @import { OrderList } from './order-list.js' */
import { textOf } from '../../api/api-error.js'
import { html } from '../../parts/markup/html.js'

/**
 * Tells whether the list is of now, and shows newer orders when the person asks for them.
 *
 * @param {{ list: OrderList, stale?: ApiError, isPaused: boolean, setPaused: (isPaused: boolean) => void, showNewest: () => void }} props
 */
export function FeedState({ list, stale, isPaused, setPaused, showNewest }) {
	const { orders, pages, waiting } = list
	const isLive = stale === undefined && !isPaused && pages === 1 && waiting === 0
	return html`
		<div class="feed-state">
			<span class=${`feed-light${isLive ? ' feed-live' : ''}`} aria-hidden="true"></span>
			<span role="status">${stale === undefined ? nameOf(isPaused, list) : `No news at the moment: ${textOf(stale)}`}</span>
			<span class="faint">${orders.length.toLocaleString('en')} ${orders.length === 1 ? 'order' : 'orders'}</span>
			<${Waiting} list=${list} showNewest=${showNewest} />
			${
				pages === 1
					? html`<button type="button" class="quiet small" onClick=${() => setPaused(!isPaused)}>${isPaused ? 'Continue' : 'Pause'}</button>`
					: html`<button type="button" class="quiet small" onClick=${showNewest}>Back to the newest</button>`
			}
		</div>
	`
}

/**
 * @param {boolean} isPaused
 * @param {OrderList} list
 */
function nameOf(isPaused, { pages, waiting }) {
	if (isPaused) return 'Paused'
	if (pages > 1) return 'Held, because older orders are shown'
	return waiting > 0 ? 'Held, because you are at a row' : 'Live'
}

/** @param {{ list: OrderList, showNewest: () => void }} props */
function Waiting({ list: { waiting, waitingIsAll }, showNewest }) {
	if (waiting === 0) return null
	const count = waitingIsAll ? `${waiting} or more` : waiting
	return html`
		<button type="button" class="small" onClick=${showNewest}>
			Show ${count} newer ${waiting === 1 && !waitingIsAll ? 'order' : 'orders'}
		</button>
	`
}
