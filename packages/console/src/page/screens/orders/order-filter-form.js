/** @import { OrderFilter } from './order-filter.js' */
import { useEffect, useRef, useState } from 'preact/hooks'
import { findOrderId } from '../../ids/find-ids.js'
import { orderIdFault } from '../../ids/id-fault.js'
import { html } from '../../parts/markup/html.js'
import { customerIdPattern, customerIdRule } from '../../parts/values/customer-id.js'
import { fromLocalTime, orderStatuses, toLocalTime } from './order-filter.js'

/**
 * Asks which orders to list. An order id leads to its order, and so does the beginning of one that `findShown` knows.
 *
 * @param {{ filter: OrderFilter, onFilter: (filter: OrderFilter) => void, onOrder: (id: string) => void,
 *   findShown: (beginning: string) => string | undefined }} props
 */
export function OrderFilterForm({ filter, onFilter, onOrder, findShown }) {
	const [idFault, setIdFault] = useState(/** @type {string | undefined} */ (undefined))
	// On a narrow screen the fields would leave no room for the orders.
	const [isUnfolded, setUnfolded] = useState(false)
	const form = useRef(/** @type {HTMLFormElement | null} */ (null))
	/** The name of the field from which the search was started. */
	const startedFrom = useRef('')
	const shownFilter = JSON.stringify(filter)
	// The form of the new filter is another element, and a person goes on in the same field.
	useEffect(() => {
		const field = startedFrom.current === '' ? null : form.current?.elements.namedItem(startedFrom.current)
		startedFrom.current = ''
		if (field instanceof HTMLElement) field.focus()
	}, [shownFilter])
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
		if (id !== '') {
			const found = findOrderId(id) ?? findShown(id.toLowerCase())
			if (found === undefined) return setIdFault(orderIdFault(id))
			return onOrder(found)
		}
		setUnfolded(false)
		startedFrom.current = document.activeElement?.getAttribute('name') ?? ''
		onFilter({ ...texts, placedAfter: fromLocalTime(placedAfter), placedBefore: fromLocalTime(placedBefore) })
	}
	/** An id is complete when it is pasted, so nobody needs to press a button. @param {InputEvent} event */
	const openAtOnce = (event) => {
		setIdFault(undefined)
		const id = findOrderId(/** @type {HTMLInputElement} */ (event.currentTarget).value)
		if (id !== undefined) onOrder(id)
	}
	const { customerId, status, reference, sku, placedAfter, placedBefore } = filter
	const filters = Object.keys(filter).length
	// The form begins again with each filter, so that it shows what the address says.
	return html`
		<form key=${shownFilter} ref=${form} class="order-filters" role="search" aria-label="Orders" onSubmit=${submit}>
			<button type="button" class="unfold" aria-expanded=${isUnfolded} aria-controls="order-filter-fields" onClick=${() => setUnfolded(!isUnfolded)}>
				Filters${filters > 0 && ` (${filters})`}
			</button>
			<div id="order-filter-fields" class=${isUnfolded ? 'order-filter-fields' : 'order-filter-fields folded'}>
			<div class="order-filters-row">
				<${Field} name="id" label="Order id" onInput=${openAtOnce} />
				<${Field} name="customerId" label="Customer" value=${customerId} pattern=${` *${customerIdPattern} *`} title=${customerIdRule} isExact />
				<${Field} name="reference" label="Reference or parcel" value=${reference} isExact />
				<div class="field">
					<label for="filter-status">Status</label>
					<select id="filter-status" name="status">
						<option value="">any</option>
						${orderStatuses.map((each) => html`<option key=${each} value=${each} selected=${each === status}>${each}</option>`)}
					</select>
				</div>
				<div class="actions">
					<button type="submit" class="primary">Find</button>
					${filters > 0 && html`<button type="button" onClick=${() => onFilter({})}>Clear</button>`}
				</div>
			</div>
			${idFault && html`<p class="notice" role="alert">${idFault}</p>`}
			<p id="filter-exact" class="hint">Customer, reference and SKU: exactly this text; upper and lower case matter.</p>
			<details open=${Boolean(sku ?? placedAfter ?? placedBefore)}>
				<summary>By product or time</summary>
				<div class="order-filters-row">
					<${Field} name="sku" label="SKU" value=${sku} isExact />
					<${Field} name="placedAfter" label="Placed from" type="datetime-local" value=${toLocalTime(placedAfter)} />
					<${Field} name="placedBefore" label="Placed before" type="datetime-local" value=${toLocalTime(placedBefore)} />
				</div>
			</details>
			</div>
		</form>
	`
}

/**
 * @param {{ name: string, label: string, value?: string, type?: string, isExact?: boolean, pattern?: string, title?: string,
 *   onInput?: (event: InputEvent) => void }} props
 */
function Field({ name, label, value, type = 'text', isExact = false, pattern, title, onInput }) {
	const id = `filter-${name}`
	return html`
		<div class="field">
			<label for=${id}>${label}</label>
			<input id=${id} name=${name} type=${type} step=${type === 'datetime-local' ? 1 : undefined} defaultValue=${value}
				autocomplete="off" spellcheck=${false} aria-describedby=${isExact ? 'filter-exact' : undefined} pattern=${pattern} title=${title} onInput=${onInput} />
		</div>
	`
}
