/** @import { Refusal } from '@mercat/client' */
/** @import { ScreenProps } from '../../shell/screens.js' */
import { useMemo } from 'preact/hooks'
import { request } from '../../api/request.js'
import { useLoad } from '../../api/use-load.js'
import { usePages } from '../../api/use-pages.js'
import { useRepeat } from '../../api/use-repeat.js'
import { DataTable } from '../../parts/data-table.js'
import { LoadMore } from '../../parts/load-more.js'
import { html } from '../../parts/markup/html.js'
import { Panel } from '../../parts/panel.js'
import { Empty, Failure, Loading } from '../../parts/states.js'
import { customerIdPattern, customerIdRule } from '../../parts/values/customer-id.js'
import { refusalColumns } from './refusal-columns.js'

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
	const known = useLoad(async (signal) => {
		const { body } = await request('GET', '/problems', { signal })
		return /** @type {{ code: string }[]} */ (body.problems).map((problem) => problem.code)
	}, [])
	const { rows, rest: notKept = 0, isFirst, isLoading, error, more, reload } = pages
	useRepeat(() => {
		if (!isLoading && rows.length <= pageSize && !holdsFocus()) reload()
	}, everyMs)

	const codes = [...new Set([...(known.value ?? []), ...rows.map((row) => row.code)])].sort()
	const columns = useMemo(() => refusalColumns({ code, customer }), [code, customer])

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
			<form key=${`${code} ${customer}`} class="panel-body" role="search" aria-label="Refusals" onSubmit=${submit}>
				<fieldset class="filters">
				<legend>Only refusals with</legend>
				<div class="field">
					<label for="refusal-code">Code</label>
					<input id="refusal-code" name="code" list="refusal-codes" defaultValue=${code} autocomplete="off" spellcheck=${false} />
					<datalist id="refusal-codes">${codes.map((each) => html`<option key=${each} value=${each} />`)}</datalist>
				</div>
				<div class="field">
					<label for="refusal-customer">Customer</label>
					<input id="refusal-customer" pattern=${` *${customerIdPattern} *`} title=${customerIdRule} name="customer" defaultValue=${customer} autocomplete="off" spellcheck=${false} aria-describedby="refusal-exact" />
				</div>
				<div class="filter-actions"><button type="submit">Find</button></div>
				</fieldset>
				<p id="refusal-exact" class="hint">Exactly this customer; upper and lower case matter.</p>
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

/** @param {Refusal} refusal */
const keyOf = ({ at, traceId, operation }) => `${at} ${traceId} ${operation}`

// A row stays in its place while it has the focus.
function holdsFocus() {
	return document.getElementById('refusals')?.contains(document.activeElement) === true
}
