/** @import { ApiError } from '../../api/api-error.js' */
/** @import { ScreenProps } from '../../shell/screens.js' */
import { textOf } from '../../api/api-error.js'
import { CopyableText } from '../../parts/copy-button.js'
import { html } from '../../parts/markup/html.js'
import { PageHeading } from '../../parts/page-heading.js'
import { Panel } from '../../parts/panel.js'
import { Failure, Loading } from '../../parts/states.js'
import { StatusPill } from '../../parts/status-pill.js'
import { placeOf } from '../../routing/router.js'
import { OrderActions } from './order-actions.js'
import { OrderCommands } from './order-commands.js'
import { OrderEventList } from './order-events.js'
import { OrderFacts, OrderMetadata } from './order-facts.js'
import { OrderHistory, ReturnedPayment } from './order-history.js'
import { OrderLines } from './order-lines.js'
import { OrderReservation } from './order-reservation.js'
import { Part } from './part.js'
import { useOrderFile } from './use-order-file.js'

const back = { href: '#/orders', label: 'Orders' }

/**
 * One order: its content, its history, what was told to webhooks and to the catalog, and what staff can do with it.
 *
 * @param {ScreenProps} props
 */
export function OrderScreen({ params: { id = '' } }) {
	const { order: loaded, history, events, reservation, reload } = useOrderFile(id)
	const title = `Order ${id.slice(0, 8)}`
	if (loaded.value === undefined) {
		return html`
			<${PageHeading} title=${title} subtitle=${html`<code>${id}</code>`} back=${back} />
			${loaded.error === undefined ? html`<${Loading} label="Loading the order …" />` : html`<${NoOrder} id=${id} error=${loaded.error} retry=${reload} />`}
		`
	}
	const { order, etag } = loaded.value
	return html`
		<${PageHeading} title=${title} back=${back}
			subtitle=${html`<${StatusPill} state=${order.status} /> <${CopyableText} text=${order.id} label="order id" /> <a href=${placeOf(['why'], { order: order.id })}>Why?</a>`}>
			<${OrderActions} order=${order} etag=${etag} onChange=${reload} />
		</${PageHeading}>
		${loaded.error && html`<p class="notice" role="status">No news at the moment: ${textOf(loaded.error)}</p>`}
		<${ReturnedPayment} order=${order} history=${history.value} />
		<div class="order-columns">
			<div class="stack">
				<${Panel} title="Lines"><${OrderLines} order=${order} /></${Panel}>
				<${Panel} title="Events and deliveries">
					<${Part} loaded=${events}>${events.value && html`<${OrderEventList} events=${events.value.events} onChange=${events.reload} />`}</${Part}>
				</${Panel}>
				<${Panel} title="Commands to the catalog">
					<${Part} loaded=${events}>
						${events.value && html`<${OrderCommands} orderId=${order.id} commands=${events.value.commands} onChange=${reload} />`}
					</${Part}>
				</${Panel}>
			</div>
			<div class="stack">
				<${Panel} title="History">
					<${Part} loaded=${history}>
						${history.value && html`<${OrderHistory} history=${history.value} events=${events.value?.events ?? []} />`}
					</${Part}>
				</${Panel}>
				<${Panel} title="Facts"><${OrderFacts} order=${order} history=${history.value} events=${events.value?.events ?? []} /></${Panel}>
				<${OrderMetadata} order=${order} />
				<${Panel} title="Reservation in the catalog">
					<${Part} loaded=${reservation}><${OrderReservation} reservation=${reservation.value} /></${Part}>
				</${Panel}>
			</div>
		</div>
		<details class="raw"><summary>The order as the API answers it</summary><pre tabindex="0" role="region" aria-label="JSON of the order">${JSON.stringify(order, null, 2)}</pre></details>
	`
}

/** @param {{ id: string, error: ApiError, retry: () => void }} props */
function NoOrder({ id, error, retry }) {
	return html`
		<${Failure} error=${error} retry=${error.status === 404 ? undefined : retry} />
		${error.status === 404 && html`<p class="state"><a href=${placeOf(['why'], { order: id })}>Ask why there is no such order</a></p>`}
	`
}
