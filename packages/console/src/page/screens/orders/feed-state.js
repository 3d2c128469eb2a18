/** @import { ApiError } from '../../api/api-error.js' */
/** @import { OrderList } from './order-list.js' */
import { html } from '../../parts/html.js'

/**
 * Tells whether the list is of now, and shows newer orders when the person asks for them.
 *
 * @param {{ list: OrderList, stale?: ApiError, isPaused: boolean, showNewest: () => void }} props
 */
export function FeedState({ list, stale, isPaused, showNewest }) {
	const { orders, pages, waiting, waitingIsAll } = list
	const count = `${orders.length.toLocaleString('en')} ${orders.length === 1 ? 'order' : 'orders'}`
	if (stale !== undefined) {
		return html`<p class="feed-state feed-stale" role="status">No news at the moment: ${stale.detail}</p>`
	}
	if (waiting > 0) {
		return html`
			<p class="feed-state">
				<button type="button" class="small" onClick=${showNewest}>
					Show ${waitingIsAll ? `${waiting} or more` : waiting} newer ${waiting === 1 && !waitingIsAll ? 'order' : 'orders'}
				</button>
			</p>
		`
	}
	return html`<p class="feed-state faint">${count}${pages === 1 && !isPaused ? ', live' : ''}</p>`
}
