/** @import { History, Order, OrderEvents } from '@mercat/client' */
/** @import { Tone } from '../../parts/status-pill.js' */
import { html } from '../../parts/markup/html.js'
import { Timeline } from '../../parts/timeline.js'
import { formatMoney } from '../../parts/values/money.js'
import { placeOf } from '../../routing/router.js'
import { traceOf } from './trace-of.js'

/** @type {Record<string, Tone>} */
const tones = { placed: 'busy', paid: 'busy', shipped: 'busy', delivered: 'good', cancelled: 'bad', expired: 'quiet' }

/**
 * The transitions, the oldest first: who made each, why, and by which trace.
 *
 * @param {{ history: History['history'], events: OrderEvents['events'] }} props
 */
export function OrderHistory({ history, events }) {
	const entries = history.map(({ to, when, who, why, reference }, index) => {
		const trace = traceOf(events.find(({ version }) => version === index + 1)?.event?.traceparent)
		return {
			key: `${index}`,
			at: when,
			tone: tones[to],
			title: to,
			text: html`
				<p>by ${who}${reference !== undefined && html`, reference <code>${reference}</code>`}${why !== undefined && html`: “${why}”`}</p>
				${trace && html`<p class="faint">trace <a href=${placeOf(['why'], { trace })}><code title=${trace}>${trace.slice(0, 12)}…</code></a></p>`}
			`,
		}
	})
	return html`<${Timeline} entries=${entries} label="History of the order" exact />`
}

/**
 * Says that the customer must get money back: the order was paid when it was cancelled.
 *
 * @param {{ order: Order, history?: History['history'] }} props
 */
export function ReturnedPayment({ order, history = [] }) {
	const isOwed = history.some(({ from, to }) => from === 'paid' && to === 'cancelled')
	if (!isOwed) return null
	const payment = history.find(({ to }) => to === 'paid')?.reference
	return html`
		<p class="notice notice-bad">
			<strong>The payment must be returned.</strong> The order was paid with ${formatMoney(order.total)}${payment && html` (reference <code>${payment}</code>)`}, and then cancelled.
			Mercat does not return it: the shop does, at its payment provider.
		</p>
	`
}
