/** @import { Status } from '@mercat/client' */
import { html } from '../../parts/markup/html.js'
import { Panel } from '../../parts/panel.js'
import { lengthOf } from '../../parts/values/time.js'
import { placeOf } from '../../routing/router.js'
import { formatFigure } from './numbers.js'
import { useWebhookNames } from './use-webhook-names.js'

// Older work than this is late: the log gets an event within a second, and the catalog and receivers get theirs soon.
const unloggedLateS = 10
const waitingLateS = 60

// Every other destination is the id of a webhook.
const catalog = 'catalog'

/**
 * Work that waits, of the whole shop.
 *
 * @param {{ lags: Status['lags'] }} props
 */
export function LagsPanel({ lags }) {
	return html`<${Panel} title="Work that waits">${lags === null ? html`<p class="panel-body bad">The database does not answer.</p>` : html`<${LagRows} lags=${lags} />`}</${Panel}>`
}

/** @param {{ lags: NonNullable<Status['lags']> }} props */
function LagRows({ lags: { unloggedEvents, oldestUnloggedS, destinations, dead, overdueOrders } }) {
	const webhookIds = destinations.map(({ destination }) => destination).filter((destination) => destination !== catalog)
	const names = useWebhookNames(webhookIds)
	const waiting = destinations.filter(({ pending }) => pending > 0)
	return html`
		<ul class="rows">
			<${Row} name="Events that are not in the log yet" count=${unloggedEvents} oldestS=${oldestUnloggedS} isBad=${oldestUnloggedS > unloggedLateS} />
			${waiting.map(
				({ destination, pending, oldestS }) => html`
					<${Row} key=${destination} name=${`To ${destination === catalog ? 'the catalog' : (names.get(destination) ?? `webhook ${destination}`)}`}
						href=${destination === catalog ? '#/outbox' : placeOf(['webhooks', destination])} count=${pending} oldestS=${oldestS} isBad=${oldestS > waitingLateS} />
				`,
			)}
			<${Row} name="Deliveries and commands that were given up" count=${dead} href="#/outbox?state=dead" isBad=${dead > 0} />
			<${Row} name="Unpaid orders that expire next" count=${overdueOrders} />
		</ul>
	`
}

/** @param {{ name: string, count: number, oldestS?: number, href?: string, isBad?: boolean }} props */
function Row({ name, count, oldestS = 0, href, isBad = false }) {
	return html`
		<li>
			${href === undefined ? html`<span>${name}</span>` : html`<a href=${href}>${name}</a>`}
			${count > 0 && oldestS >= 1 && html`<span class=${isBad ? 'bad' : 'faint'}>oldest ${lengthOf(oldestS)}</span>`}
			<strong class=${isBad ? 'bad' : undefined}>${formatFigure(count)}</strong>
		</li>
	`
}
