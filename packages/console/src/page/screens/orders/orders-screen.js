/** @import { ApiError } from '../../api/api-error.js' */
/** @import { ScreenProps } from '../../shell/screens.js' */
import { useMemo, useRef, useState } from 'preact/hooks'
import { DataTable } from '../../parts/data-table.js'
import { isInUse } from '../../parts/is-in-use.js'
import { LoadMore } from '../../parts/load-more.js'
import { html } from '../../parts/markup/html.js'
import { PageHeading } from '../../parts/page-heading.js'
import { Failure, Loading } from '../../parts/states.js'
import { Time } from '../../parts/values/time.js'
import { placeOf } from '../../routing/router.js'
import { FeedState } from './feed-state.js'
import { NoOrders } from './no-orders.js'
import { orderColumns } from './order-columns.js'
import { readFilter } from './order-filter.js'
import { OrderFilterForm } from './order-filter-form.js'
import { useOrderFeed } from './use-order-feed.js'

/**
 * All orders, the newest first, as they come.
 *
 * @param {ScreenProps} props
 */
export function OrdersScreen({ query, navigate }) {
	const filter = readFilter(query)
	const [isPaused, setPaused] = useState(false)
	const place = useRef(/** @type {HTMLDivElement | null} */ (null))
	const feed = useOrderFeed(filter, () => isPaused || isInUse(place.current))
	const { list } = feed
	const columns = useMemo(() => orderColumns(filter.reference), [filter.reference])
	return html`
		<${PageHeading} title="Orders" subtitle="The newest first" />
		<${OrderFilterForm}
			filter=${filter}
			onFilter=${(/** @type {Record<string, string>} */ next) => navigate(placeOf(['orders'], next).slice(1))}
			onOrder=${(/** @type {string} */ id) => navigate(placeOf(['orders', id]).slice(1))}
			findShown=${(/** @type {string} */ beginning) => onlyOne(list?.orders ?? [], beginning)}
		/>
		<div ref=${place} onScrollCapture=${(/** @type {Event} */ event) => isNearEnd(event) && feed.error === undefined && feed.lookFurther()}>
			${
				list === undefined
					? html`<${First} error=${feed.error} />`
					: html`
				<${FeedState} list=${list} stale=${feed.stale} isPaused=${isPaused} setPaused=${setPaused} showNewest=${feed.showNewest} />
				<${DataTable} label="Orders" columns=${columns} rows=${list.orders} rowKey=${idOf} empty=${html`<${NoOrders} filter=${filter} searchedTo=${list.searchedTo} />`} />
				${list.searchedTo && list.orders.length > 0 && html`<p class="faint">Searched back to <${Time} at=${list.searchedTo} exact />.</p>`}
				<${LoadMore}
					more=${list.nextPageToken === '' ? undefined : feed.lookFurther}
					isLoading=${feed.isLooking}
					error=${feed.error}
					label=${list.searchedTo ? 'Look further back' : 'Load more'}
				/>
			`
			}
		</div>
	`
}

/** @param {{ id: string }} order */
const idOf = ({ id }) => id

/** @param {{ error?: ApiError }} props */
function First({ error }) {
	return error === undefined ? html`<${Loading} label="Loading orders …" />` : html`<${Failure} error=${error} />`
}

/**
 * The shown order whose id begins like this. Undefined when it is not the only one.
 *
 * @param {{ id: string }[]} orders
 * @param {string} beginning
 */
function onlyOne(orders, beginning) {
	if (!/^[0-9a-f-]{8,}$/.test(beginning)) return undefined
	const [order, ...others] = orders.filter(({ id }) => id.startsWith(beginning))
	return others.length === 0 ? order?.id : undefined
}

/** Whether a list that scrolls by itself comes to its end. @param {Event} event */
function isNearEnd({ target }) {
	return (
		target instanceof HTMLElement &&
		target.scrollTop > 0 &&
		target.scrollHeight - target.scrollTop - target.clientHeight < 800
	)
}
