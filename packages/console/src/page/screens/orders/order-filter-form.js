/** @import { OrderFilter } from './order-filter.js' */
import { customerIdPattern, customerIdRule } from '../../parts/customer-id.js'
import { html } from '../../parts/html.js'
import { fromLocalTime, orderStatuses, toLocalTime } from './order-filter.js'

const orderId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Asks which orders to list. An order id leads to its order.
 *
 * @param {{ filter: OrderFilter, onFilter: (filter: OrderFilter) => void, onOrder: (id: string) => void }} props
 */
export function OrderFilterForm({ filter, onFilter, onOrder }) {
	/** @param {SubmitEvent} event */
	const submit = (event) => {
		event.preventDefault()
		const values = Object.fromEntries(
			[...new FormData(/** @type {HTMLFormElement} */ (event.currentTarget))].map(([name, value]) => [
				name,
				String(value).trim(),
			]),
		)
		const { id = '', placedAfter = '', placedBefore = '', ...texts } = values
		if (id !== '') return onOrder(id.toLowerCase())
		onFilter({ ...texts, placedAfter: fromLocalTime(placedAfter), placedBefore: fromLocalTime(placedBefore) })
	}
	/** An id is complete when it is pasted, so nobody needs to press a button. @param {InputEvent} event */
	const openAtOnce = (event) => {
		const id = /** @type {HTMLInputElement} */ (event.currentTarget).value.trim()
		if (orderId.test(id)) onOrder(id.toLowerCase())
	}
	const { customerId, status, reference, sku, placedAfter, placedBefore } = filter
	const hasFilter = Object.keys(filter).length > 0
	// The form begins again with each filter, so that it shows what the address says.
	return html`
		<form key=${JSON.stringify(filter)} class="order-filters" role="search" aria-label="Orders" onSubmit=${submit}>
			<div class="order-filters-row">
				<${Field} name="id" label="Order id" onInput=${openAtOnce} />
				<${Field} name="customerId" label="Customer" value=${customerId} pattern=${` *${customerIdPattern} *`} title=${customerIdRule} />
				<${Field} name="reference" label="Reference or parcel" value=${reference} />
				<div class="field">
					<label for="filter-status">Status</label>
					<select id="filter-status" name="status">
						<option value="">any</option>
						${orderStatuses.map((each) => html`<option key=${each} value=${each} selected=${each === status}>${each}</option>`)}
					</select>
				</div>
				<div class="actions">
					<button type="submit" class="primary">Find</button>
					${hasFilter && html`<button type="button" onClick=${() => onFilter({})}>Clear</button>`}
				</div>
			</div>
			<details open=${Boolean(sku ?? placedAfter ?? placedBefore)}>
				<summary>By product or time</summary>
				<div class="order-filters-row">
					<${Field} name="sku" label="SKU" value=${sku} />
					<${Field} name="placedAfter" label="Placed from" type="datetime-local" value=${toLocalTime(placedAfter)} />
					<${Field} name="placedBefore" label="Placed before" type="datetime-local" value=${toLocalTime(placedBefore)} />
				</div>
			</details>
		</form>
	`
}

/**
 * @param {{ name: string, label: string, value?: string, type?: string, pattern?: string, title?: string, onInput?: (event: InputEvent) => void }} props
 */
function Field({ name, label, value, type = 'text', pattern, title, onInput }) {
	const id = `filter-${name}`
	return html`
		<div class="field">
			<label for=${id}>${label}</label>
			<input id=${id} name=${name} type=${type} step=${type === 'datetime-local' ? 1 : undefined} defaultValue=${value}
				autocomplete="off" spellcheck=${false} pattern=${pattern} title=${title} onInput=${onInput} />
		</div>
	`
}
