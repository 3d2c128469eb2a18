/** @import { OrderFilter } from './order-filter.js' */
import { html } from '../../parts/markup/html.js'
import { Empty } from '../../parts/states.js'
import { Time } from '../../parts/values/time.js'
import { placeOf } from '../../routing/router.js'

/**
 * The list without an order, and where else to look.
 *
 * @param {{ filter: OrderFilter, searchedTo?: string }} props
 */
export function NoOrders({ filter, searchedTo }) {
	if (Object.keys(filter).length === 0)
		return html`<${Empty} title="No order yet">Orders appear here as they are placed.</${Empty}>`
	const { customerId } = filter
	return html`
		<${Empty} title=${searchedTo === undefined ? titleOf(filter) : 'No order that fits was found so far'}>
			${searchedTo !== undefined && html`The newest orders were searched, back to <${Time} at=${searchedTo} exact />. `}
			${nameOf(filter) !== '' && 'Upper and lower case matter. '}
			${customerId !== undefined && html`<a href=${placeOf(['why'], { customer: customerId })}>See the refusals of ${customerId}</a>`}
		</${Empty}>
	`
}

/** @param {OrderFilter} filter */
function titleOf(filter) {
	const name = nameOf(filter)
	if (name === '') return 'No order fits'
	const hasMore = Boolean(filter.status ?? filter.placedAfter ?? filter.placedBefore)
	return `No order has exactly ${name}${hasMore ? ' and fits the other filters' : ''}`
}

/** @param {OrderFilter} filter */
function nameOf({ customerId, reference, sku }) {
	return [
		customerId && `the customer “${customerId}”`,
		reference && `the reference “${reference}”`,
		sku && `the SKU “${sku}”`,
	]
		.filter(Boolean)
		.join(' and ')
}
