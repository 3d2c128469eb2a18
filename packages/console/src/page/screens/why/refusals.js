/** @import { Refusal } from '@mercat/client' */
/** @import { ScreenProps } from '../../shell/screens.js' */
/** @import { Column } from '../../parts/data-table.js' */
import { request } from '../../api/request.js'
import { usePages } from '../../api/use-pages.js'
import { useRepeat } from '../../api/use-repeat.js'
import { customerIdPattern, customerIdRule } from '../../parts/customer-id.js'
import { DataTable } from '../../parts/data-table.js'
import { html } from '../../parts/html.js'
import { LoadMore } from '../../parts/load-more.js'
import { Panel } from '../../parts/panel.js'
import { Empty, Failure, Loading } from '../../parts/states.js'
import { StatusPill } from '../../parts/status-pill.js'
import { Time } from '../../parts/time.js'
import { placeOf } from '../../routing/router.js'

const pageSize = 50
const everyMs = 2_000

/**
 * The latest refusals, each with the way to its reason. The address keeps the filter, beside the question.
 *
 * @param {Pick<ScreenProps, 'query' | 'navigate'>} props
 */
export function Refusals({ query, navigate }) {
	const code = query.get('code') ?? ''
	const customer = query.get('customer') ?? ''
	const pages = usePages(
		async (pageToken, signal) => {
			const { body } = await request('GET', '/v1/refusals', {
				query: { code, customerId: customer, pageSize, pageToken },
				signal,
			})
			return {
				rows: /** @type {Refusal[]} */ (body.refusals),
				nextPageToken: body.nextPageToken,
				rest: /** @type {number} */ (body.notKept),
			}
		},
		[code, customer],
	)
	const { rows, rest: notKept = 0, isFirst, isLoading, error, more, reload } = pages
	useRepeat(() => {
		if (!isLoading && rows.length <= pageSize && !holdsFocus()) reload()
	}, everyMs)

	/** @param {SubmitEvent} event */
	const submit = (event) => {
		event.preventDefault()
		const values = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget))
		const next = new URLSearchParams(query)
		for (const name of ['code', 'customer']) {
			const value = String(values.get(name) ?? '').trim()
			if (value === '') next.delete(name)
			else next.set(name, name === 'code' ? value.toUpperCase() : value)
		}
		navigate(`/why?${next}`)
	}
	return html`
		<${Panel} title="Refusals of the last day">
			<form key=${`${code} ${customer}`} class="filters panel-body" role="search" aria-label="Refusals" onSubmit=${submit}>
				<div class="field">
					<label for="refusal-code">Code</label>
					<input id="refusal-code" name="code" defaultValue=${code} autocomplete="off" spellcheck=${false} />
				</div>
				<div class="field">
					<label for="refusal-customer">Customer</label>
					<input id="refusal-customer" pattern=${` *${customerIdPattern} *`} title=${customerIdRule} name="customer" defaultValue=${customer} autocomplete="off" spellcheck=${false} />
				</div>
				<div class="filter-actions"><button type="submit">Find</button></div>
			</form>
			${notKept > 0 && html`<p class="notice inset">${notKept.toLocaleString('en')} refusals of the last day were not kept, because there were too many at once.</p>`}
			${
				isFirst
					? html`<${Loading} />`
					: html`<div id="refusals"><${DataTable} label="Refusals" columns=${columns} rows=${rows} rowKey=${keyOf} empty=${error === undefined && html`<${Empty} title="No refusal" />`} /></div>`
			}
			${error !== undefined && more === undefined ? html`<${Failure} error=${error} retry=${reload} />` : html`<${LoadMore} more=${more} isLoading=${isLoading && rows.length > pageSize} error=${error} />`}
		</${Panel}>
	`
}

/** @type {Column<Refusal>[]} */
const columns = [
	{ name: 'at', label: 'When', cell: ({ at }) => html`<${Time} at=${at} />` },
	{ name: 'operation', label: 'Request', cell: ({ operation }) => operation },
	{
		name: 'code',
		label: 'Refused with',
		cell: ({ status, code }) =>
			html`<${StatusPill} state=${code} tone=${status >= 500 ? 'bad' : 'warn'}>${status} ${code}</${StatusPill}>`,
	},
	{
		name: 'customer',
		label: 'Customer',
		cell: ({ customerId }) => customerId ?? html`<span class="faint">not signed in</span>`,
	},
	{ name: 'fault', label: 'At fault', isWide: true, cell: (refusal) => faultOf(refusal) },
	{
		name: 'why',
		label: 'Reason',
		cell: ({ traceId, code, customerId }) =>
			html`<a href=${placeOf(['why'], { trace: traceId })} aria-label=${`Why was the request of ${customerId ?? 'nobody'} refused with ${code}?`}>Why?</a>`,
	},
]

/** @param {Refusal} refusal */
function faultOf({ items = [], skus = [], detail }) {
	const names = [...items.map(({ sku }) => String(sku)), ...skus]
	return names.length === 0 ? detail : names.join(', ')
}

/** @param {Refusal} refusal */
const keyOf = ({ at, traceId, operation }) => `${at} ${traceId} ${operation}`

// A row stays in its place while it has the focus.
function holdsFocus() {
	return document.getElementById('refusals')?.contains(document.activeElement) === true
}
