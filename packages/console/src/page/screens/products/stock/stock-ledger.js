/** @import { StockMovement } from '@mercat/client' */
/** @import { Column } from '../../../parts/data-table.js' */
/** @import { Pages } from '../../../api/use-pages.js' */
import { DataTable } from '../../../parts/data-table.js'
import { LoadMore } from '../../../parts/load-more.js'
import { html } from '../../../parts/markup/html.js'
import { Panel } from '../../../parts/panel.js'
import { Empty, Loading } from '../../../parts/states.js'
import { Time } from '../../../parts/values/time.js'
import { placeOf } from '../../../routing/router.js'

const kinds = { SET: 'set', ADJUST: 'adjusted', COMMIT: 'sold', RETURN: 'returned' }

/** @type {Column<StockMovement>[]} */
const columns = [
	{ name: 'at', label: 'When', cell: ({ at }) => html`<${Time} at=${at} />` },
	{ name: 'kind', label: 'What', cell: ({ kind }) => kinds[kind] ?? kind },
	{
		name: 'delta',
		label: 'Change',
		align: 'end',
		cell: ({ delta }) => html`<span class=${`delta ${delta < 0 ? 'delta-less' : ''}`}>${signed(delta)}</span>`,
	},
	{ name: 'who', label: 'By', cell: ({ who }) => who || html`<span class="faint">not recorded</span>` },
	{ name: 'why', label: 'Why', isWide: true, cell: (movement) => html`<${Why} ...${movement} />` },
]

/**
 * Every change of the quantity on hand, the newest first.
 *
 * @param {{ ledger: Pages<StockMovement, unknown> & { more?: () => void } }} props
 */
export function StockLedger({ ledger }) {
	const { rows, isFirst, isLoading, error, more } = ledger
	return html`
		<${Panel} title="Ledger">
			${isFirst && isLoading && html`<${Loading} />`}
			${!isFirst && !error && rows.length === 0 && html`<${Empty} title="Nothing has moved yet" />`}
			${rows.length > 0 && html`<${DataTable} label="Movements" columns=${columns} rows=${rows} rowKey=${keyOf} />`}
			<${LoadMore} more=${more} isLoading=${isLoading} error=${error} />
		</${Panel}>
	`
}

/** @param {StockMovement} movement */
function Why({ reason, orderId }) {
	if (orderId !== null) return html`<a href=${placeOf(['orders', orderId])}>order ${orderId.slice(0, 8)}</a> ${reason}`
	return reason === '' ? html`<span class="faint">no reason given</span>` : reason
}

// The catalog has each cause once for each kind.
/** @param {StockMovement} movement */
function keyOf({ kind, cause }) {
	return `${kind} ${cause}`
}

/** @param {number} delta */
function signed(delta) {
	const size = Math.abs(delta).toLocaleString('en')
	return delta < 0 ? `−${size}` : `+${size}`
}
