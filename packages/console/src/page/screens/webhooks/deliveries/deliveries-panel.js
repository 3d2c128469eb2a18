/** @import { Delivery, Webhook } from '@mercat/client' */
/** @import { Column } from '../../../parts/data-table.js' */
/** @import { ScreenProps } from '../../../shell/screens.js' */
import { useCallback, useEffect, useState } from 'preact/hooks'
import { request } from '../../../api/request.js'
import { usePages } from '../../../api/use-pages.js'
import { DataTable } from '../../../parts/data-table.js'
import { LoadMore } from '../../../parts/load-more.js'
import { html } from '../../../parts/markup/html.js'
import { Panel } from '../../../parts/panel.js'
import { Empty, Loading } from '../../../parts/states.js'
import { StatusPill } from '../../../parts/status-pill.js'
import { Time } from '../../../parts/values/time.js'
import { placeOf } from '../../../routing/router.js'
import { typeName } from '../events/event-type-names.js'
import { outcomeText } from './delivery-attempts.js'
import { DeliveryDialog } from './delivery-dialog.js'
import { RedeliverButton } from './redeliver-button.js'
import { useSteadyRows } from './use-steady-rows.js'

const pageSize = 50
const refreshMs = 2_000
const states = [
	{ value: '', label: 'All' },
	{ value: 'pending', label: 'Pending' },
	{ value: 'dead', label: 'Dead' },
	{ value: 'delivered', label: 'Delivered' },
]

/**
 * The deliveries of a webhook, the newest event first. While one of the first page is pending, they are read again every two
 * seconds.
 *
 * @param {{ webhook: Webhook, state: string, navigate: ScreenProps['navigate'], onRenew: () => void, onRefresh: () => void }} props
 * `state` is empty for all; `onRenew` reads the webhook again, too; `onRefresh` is for a person who asks for it
 */
export function DeliveriesPanel({ webhook, state, navigate, onRenew, onRefresh }) {
	const pages = usePages(
		(pageToken, signal) => readDeliveries(webhook.id, { state, pageToken }, signal),
		[webhook.id, state],
	)
	const { isFirst, isLoading, error, more } = pages
	const { rows, newer, renew, replace } = useSteadyRows(pages.rows, `${webhook.id} ${state}`)
	const reload = useCallback(() => {
		pages.reload()
		onRenew()
	}, [pages.reload, onRenew])
	const [shownId, setShownId] = useState('')
	const shown = rows.find(({ id }) => id === shownId)

	const showNewest = () => {
		renew()
		onRefresh()
		reload()
	}
	/** @param {Delivery} delivery */
	const onRedelivered = (delivery) => {
		replace(delivery)
		reload()
	}

	const isWaiting = (webhook.pending ?? 0) > 0 || rows.some((row) => row.state === 'pending')
	const isMoving = webhook.state === 'active' && rows.length <= pageSize && isWaiting
	const isPaused = webhook.state === 'paused'
	useEffect(pages.reload, [isPaused])
	useEffect(() => {
		if (!isMoving) return undefined
		const timer = setInterval(() => document.hidden || reload(), refreshMs)
		return () => clearInterval(timer)
	}, [isMoving, reload])

	const filter = html`
		<label class="inline">State
			<select value=${state} onChange=${(/** @type {{ currentTarget: HTMLSelectElement }} */ { currentTarget }) =>
				navigate(placeOf(['webhooks', webhook.id], { state: currentTarget.value }).slice(1), { replace: true })}>
				${states.map(({ value, label }) => html`<option key=${value} value=${value}>${label}</option>`)}
			</select>
		</label>
		<button type="button" onClick=${showNewest}>Refresh</button>
	`
	return html`
		<${Panel} title="Deliveries" actions=${filter}>
			${isFirst && isLoading && html`<${Loading} />`}
			${!isFirst && !error && rows.length === 0 && html`<${Empty} title=${state === '' ? 'Nothing was delivered yet' : `No delivery is ${state}`} />`}
			${newer > 0 && html`<p class="panel-body"><button type="button" class="quiet small" onClick=${showNewest}>${newer === 1 ? 'Show a newer delivery' : `Show ${newer >= pageSize ? `${pageSize}+` : newer} newer deliveries`}</button></p>`}
			${rows.length > 0 && html`<${DataTable} label="List of deliveries" columns=${columnsOf(webhook, onRedelivered, setShownId)} rows=${rows} rowKey=${keyOf} />`}
			<${LoadMore} more=${more} isLoading=${isLoading} error=${error} />
		</${Panel}>
		${shown && html`<${DeliveryDialog} delivery=${shown} onClose=${() => setShownId('')} />`}
	`
}

/**
 * @param {Webhook} webhook
 * @param {(delivery: Delivery) => void} onRedelivered
 * @param {(id: string) => void} show
 * @returns {Column<Delivery>[]}
 */
function columnsOf(webhook, onRedelivered, show) {
	return [
		{ name: 'state', label: 'State', cell: ({ state }) => html`<${StatusPill} state=${state} />` },
		{ name: 'event', label: 'Event', cell: ({ event }) => typeName(event.type) },
		{
			name: 'order',
			label: 'Order',
			cell: ({ event }) => html`<a href=${placeOf(['orders', event.orderId])}>${event.orderId.slice(0, 8)}</a>`,
		},
		{ name: 'position', label: 'Position', align: 'end', cell: ({ event }) => event.position },
		{ name: 'attempts', label: 'Attempts', align: 'end', cell: ({ attemptCount }) => attemptCount },
		{ name: 'last', label: 'Last answer', isWide: true, cell: ({ attempts }) => outcomeText(attempts.at(-1)) },
		{ name: 'at', label: 'Last attempt', cell: ({ attempts }) => html`<${Time} at=${attempts.at(-1)?.at} />` },
		{
			name: 'next',
			label: 'Next attempt',
			cell: ({ state, nextAttemptAt }) => nextText(webhook.state, state, nextAttemptAt),
		},
		{
			name: 'actions',
			label: 'Actions',
			align: 'end',
			cell: (delivery) => html`
				<button type="button" class="quiet small" aria-label=${`Attempts at delivery ${delivery.id}`} onClick=${() => show(delivery.id)}>Attempts</button>
				${' '}<${RedeliverButton} webhookId=${webhook.id} deliveryId=${delivery.id} onDone=${onRedelivered} />
			`,
		},
	]
}

/**
 * @param {string} webhookState
 * @param {string} state
 * @param {string | undefined} at
 */
function nextText(webhookState, state, at) {
	if (state !== 'pending') return html`<span class="faint">–</span>`
	if (webhookState === 'paused') return 'after Resume'
	return at === undefined ? 'after an earlier event' : html`<${Time} at=${at} />`
}

/** @param {Delivery} delivery */
function keyOf({ id }) {
	return id
}

/**
 * @param {string} webhookId
 * @param {{ state: string, pageToken: string }} query
 * @param {AbortSignal} signal
 * @returns {Promise<{ rows: Delivery[], nextPageToken: string }>}
 */
async function readDeliveries(webhookId, query, signal) {
	const { body } = await request('GET', `/v1/webhooks/${webhookId}/deliveries`, {
		query: { ...query, pageSize },
		signal,
	})
	return { rows: body.deliveries, nextPageToken: body.nextPageToken }
}
