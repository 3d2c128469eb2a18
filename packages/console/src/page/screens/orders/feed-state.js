/** @import { ApiError } from '../../api/api-error.js' */
/** @import { OrderList } from './order-list.js' */
import { html } from '../../parts/html.js'

/**
 * Tells whether the list is of now, and shows newer orders when the person asks for them.
 *
 * @param {{ list: OrderList, stale?: ApiError, isPaused: boolean, setPaused: (isPaused: boolean) => void, showNewest: () => void }} props
 */
export function FeedState({ list, stale, isPaused, setPaused, showNewest }) {
	const { orders, pages } = list
	const isLive = stale === undefined && !isPaused && pages === 1
	return html`
		<div class="feed-state">
			<span class=${`feed-light${isLive ? ' feed-live' : ''}`} aria-hidden="true"></span>
			<span role="status">${stale === undefined ? nameOf(isPaused, pages) : `No news at the moment: ${stale.detail}`}</span>
			<span class="faint">${orders.length.toLocaleString('en')} ${orders.length === 1 ? 'order' : 'orders'}</span>
			<${Waiting} list=${list} showNewest=${showNewest} />
			<button type="button" class="quiet small" onClick=${() => setPaused(!isPaused)}>${isPaused ? 'Continue' : 'Pause'}</button>
		</div>
	`
}

/**
 * @param {boolean} isPaused
 * @param {number} pages
 */
function nameOf(isPaused, pages) {
	if (isPaused) return 'Paused'
	return pages === 1 ? 'Live' : 'Held, because older orders are shown'
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
