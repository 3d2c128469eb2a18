/** @import { OrderEventDelivery, OrderEvents } from '@mercat/client' */
import { html } from '../../parts/markup/html.js'
import { Time } from '../../parts/values/time.js'
import { EventDelivery } from './event-delivery.js'

/**
 * The events of the order, each with its deliveries to webhooks.
 *
 * @param {{ events: OrderEvents['events'], onChange: () => void }} props
 */
export function OrderEventList({ events, onChange }) {
	if (events.length === 0) return html`<p class="faint panel-body">None.</p>`
	return html`
		<ul class="records">
			${events.map(
				({ version, type, position, loggedAt, event, deliveries }, index) => html`
					<li key=${version}>
						<div class="record-head">
							<strong>${shortType(type)}</strong>
							<span class="faint">${position === null ? 'not in the log yet' : html`position ${position}, logged <${Time} at=${loggedAt} />`}</span>
						</div>
						<${Deliveries} deliveries=${deliveries} earlier=${events.slice(0, index).flatMap((before) => before.deliveries)} onChange=${onChange} />
						${event && html`<details><summary>Event</summary><pre tabindex="0" role="region" aria-label=${`JSON of the event ${type}`}>${JSON.stringify(event, null, 2)}</pre></details>`}
					</li>
				`,
			)}
		</ul>
	`
}

/** @param {{ deliveries: OrderEventDelivery[], earlier: OrderEventDelivery[], onChange: () => void }} props */
function Deliveries({ deliveries, earlier, onChange }) {
	if (deliveries.length === 0) return html`<p class="faint">No webhook gets this event.</p>`
	return html`
		<ul class="deliveries">
			${deliveries.map((delivery) => html`<${EventDelivery} key=${delivery.id} delivery=${delivery} isBehind=${earlier.some(({ webhookId, state }) => webhookId === delivery.webhookId && state === 'pending')} onChange=${onChange} />`)}
		</ul>
	`
}

/** `mercat.order.placed.v1` is `placed`. @param {string} type */
function shortType(type) {
	return /^mercat\.order\.(\w+)\.v\d+$/.exec(type)?.[1] ?? type
}
