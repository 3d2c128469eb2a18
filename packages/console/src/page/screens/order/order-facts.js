/** @import { History, Order, OrderEvents } from '@mercat/client' */

import { CopyableText } from '../../parts/copy-button.js'
import { DefinitionList } from '../../parts/definition-list.js'
import { html } from '../../parts/markup/html.js'
import { Panel } from '../../parts/panel.js'
import { Time } from '../../parts/values/time.js'
import { placeOf } from '../../routing/router.js'
import { traceOf } from './trace-of.js'

/** @param {{ order: Order, history?: History['history'], events: OrderEvents['events'] }} props */
export function OrderFacts({ order, history = [], events }) {
	const { customerId, reference, placedAt, updatedAt, expiresAt, version, shippingAddress } = order
	const trace = traceOf(events.find((event) => event.version === 1)?.event?.traceparent)
	return html`
		<${DefinitionList}
			entries=${[
				['Customer', html`<a href=${placeOf(['orders'], { customerId })}>${customerId}</a>`],
				['Reference', reference],
				...transitionReferences(history),
				['Placed', html`<${Time} at=${placedAt} exact />`],
				['Changed', html`<${Time} at=${updatedAt} exact />`],
				order.status === 'placed' ? ['To be paid', html`<${Time} at=${expiresAt} />`] : ['', undefined],
				['Version', version],
				['Address', shippingAddress && html`<${Address} address=${shippingAddress} />`],
				['Trace id', trace && html`<${CopyableText} text=${trace} label="trace id" />`],
			]}
		/>
	`
}

/**
 * By what the transitions are known outside. People ask for an order by its parcel.
 *
 * @param {History['history']} history
 * @returns {[name: string, reference: string | undefined][]}
 */
function transitionReferences(history) {
	/** @param {string} status */
	const of = (status) => history.find(({ to }) => to === status)?.reference
	return [
		['Payment', of('paid')],
		['Parcel', of('shipped')],
		['Receipt', of('delivered')],
	]
}

/** @param {{ address: NonNullable<Order['shippingAddress']> }} props */
function Address({ address: { name, line1, line2, city, region, postalCode, country } }) {
	const lines = [name, line1, line2, [postalCode, city].filter(Boolean).join(' '), region, country]
	return html`<address>${lines.filter(Boolean).map((line, index) => html`<span key=${index}>${line}</span>`)}</address>`
}

/**
 * The metadata of an order. Its customer chooses the names, too: among the facts, a name such as `Status` would be taken for
 * one of them.
 *
 * @param {{ order: Order }} props
 */
export function OrderMetadata({ order: { metadata = {} } }) {
	const entries = Object.entries(metadata)
	if (entries.length === 0) return null
	return html`<${Panel} title="Metadata from the customer"><${DefinitionList} entries=${entries} /></${Panel}>`
}
