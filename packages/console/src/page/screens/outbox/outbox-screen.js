/** @import { OutboxMessage } from '@mercat/client' */
/** @import { ScreenProps } from '../../shell/screens.js' */
import { useRef, useState } from 'preact/hooks'
import { request } from '../../api/request.js'
import { useLoad } from '../../api/use-load.js'
import { usePages } from '../../api/use-pages.js'
import { LoadMore } from '../../parts/load-more.js'
import { html } from '../../parts/markup/html.js'
import { PageHeading } from '../../parts/page-heading.js'
import { Empty, Loading } from '../../parts/states.js'
import { hasScope } from '../../session/session.js'
import { CommandTable } from './command-table.js'
import { DeadDeliveries } from './dead-deliveries.js'
import { RedriveDialog } from './redrive-dialog.js'

/** @typedef {'dead' | 'pending'} State */
/** @type {{ value: State, label: string }[]} */
const states = [
	{ value: 'dead', label: 'Dead' },
	{ value: 'pending', label: 'Pending' },
]

/**
 * The commands to the catalog that are not settled, and the webhooks with deliveries that were given up.
 *
 * @param {ScreenProps} props
 */
export function OutboxScreen({ query, navigate }) {
	const counts = useLoad(countCommands, [])
	// The first counts decide, so that the list stays when the last dead command goes.
	const opensOn = useRef(/** @type {State | undefined} */ (undefined))
	if (!counts.isLoading) opensOn.current ??= counts.value?.dead === 0 && counts.value.pending > 0 ? 'pending' : 'dead'
	const asked = states.find(({ value }) => value === query.get('state'))?.value
	const state = asked ?? opensOn.current
	if (state === undefined) return html`<${PageHeading} title="Outbox" /><${Loading} />`
	return html`<${Commands} state=${state} counts=${counts} navigate=${navigate} />`
}

/**
 * @param {{ state: State, counts: ReturnType<typeof useLoad<Record<State, number>>>, navigate: ScreenProps['navigate'] }} props
 */
function Commands({ state, counts, navigate }) {
	const pages = usePages((pageToken, signal) => readCommands(state, pageToken, signal), [state])
	const { rows, isFirst, isLoading, error, more } = pages
	const reload = () => {
		pages.reload()
		counts.reload()
	}
	const [redriven, setRedriven] = useState(/** @type {OutboxMessage | 'all' | undefined} */ (undefined))
	return html`
		<${PageHeading} title="Outbox" subtitle="Commands to the catalog: commit the stock of a paid order, release that of a cancelled one.">
			<button type="button" onClick=${reload}>Refresh</button>
			${state === 'dead' && rows.length > 0 && html`<button type="button" class="primary" onClick=${() => setRedriven('all')}>Redrive all …</button>`}
		</${PageHeading}>
		<nav class="tabs" aria-label="State of the commands">
			${states.map(
				({ value, label }) => html`
					<button key=${value} type="button" class="tab" aria-pressed=${state === value} onClick=${() => navigate(`/outbox?state=${value}`, { replace: true })}>${label}${counts.value && ` ${countText(counts.value[value])}`}</button>
				`,
			)}
		</nav>
		${isFirst && isLoading && html`<${Loading} />`}
		${
			!isFirst &&
			!error &&
			rows.length === 0 &&
			html`<${Empty} title=${`No command is ${state}`}>${state === 'dead' ? 'The catalog took every command, or will be asked again.' : 'The catalog has taken every command.'}</${Empty}>`
		}
		${rows.length > 0 && html`<${CommandTable} commands=${rows} onRedrive=${setRedriven} />`}
		<${LoadMore} more=${more} isLoading=${isLoading} error=${error} />
		${state === 'dead' && hasScope('webhooks:manage') && html`<${DeadDeliveries} />`}
		${redriven && html`<${RedriveDialog} command=${redriven === 'all' ? undefined : redriven} onDone=${reload} onClose=${() => setRedriven(undefined)} />`}
	`
}

/**
 * @param {string} state
 * @param {string} pageToken
 * @param {AbortSignal} signal
 */
async function readCommands(state, pageToken, signal) {
	const { body } = await request('GET', '/v1/outbox', { query: { state, pageSize: 50, pageToken }, signal })
	return { rows: body.messages, nextPageToken: body.nextPageToken }
}

const mostCounted = 100

/**
 * How many commands have each state. A count beyond a hundred is 101.
 *
 * @param {AbortSignal} signal
 */
async function countCommands(signal) {
	const [dead, pending] = await Promise.all(['dead', 'pending'].map((state) => countOf(state, signal)))
	return { dead: dead ?? 0, pending: pending ?? 0 }
}

/**
 * @param {string} state
 * @param {AbortSignal} signal
 * @returns {Promise<number>}
 */
async function countOf(state, signal) {
	const { body } = await request('GET', '/v1/outbox', { query: { state, pageSize: mostCounted }, signal })
	return body.messages.length + (body.nextPageToken === '' ? 0 : 1)
}

/** @param {number} count */
function countText(count) {
	return count > mostCounted ? `${mostCounted}+` : count
}
