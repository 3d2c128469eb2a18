/** @import { Feed } from '@mercat/client' */
/** @import { Column } from '../../parts/data-table.js' */
import { DataTable } from '../../parts/data-table.js'
import { html } from '../../parts/markup/html.js'
import { Time } from '../../parts/values/time.js'
import { placeOf } from '../../routing/router.js'
import { LastOutcome } from './run-outcome.js'

/** @type {Column<Feed>[]} */
const columns = [
	{ name: 'outcome', label: 'Last run', cell: (feed) => html`<${LastOutcome} feed=${feed} />` },
	{
		name: 'name',
		label: 'Feed',
		isWide: true,
		cell: ({ name }) => html`<a href=${placeOf(['feeds', name])}>${name}</a>`,
	},
	{ name: 'began', label: 'Began', cell: ({ lastRun }) => html`<${Time} at=${lastRun?.startedAt} />` },
	{
		name: 'synced',
		label: 'Last sync',
		cell: ({ lastSyncAt }) =>
			lastSyncAt === null ? html`<span class="faint">never</span>` : html`<${Time} at=${lastSyncAt} />`,
	},
	{ name: 'rows', label: 'Rows', align: 'end', cell: ({ lastRun }) => lastRun?.rows.toLocaleString('en') },
	{ name: 'rejected', label: 'Rejected', align: 'end', cell: ({ lastRun }) => lastRun?.rejected.toLocaleString('en') },
	{
		name: 'held',
		label: 'Held prices',
		align: 'end',
		cell: ({ name, heldPrices }) =>
			heldPrices === 0
				? '0'
				: html`<a href=${placeOf(['held-prices'], { source: name })} aria-label=${`${heldPrices} held prices of ${name}`}>${heldPrices.toLocaleString('en')}</a>`,
	},
]

/** @param {{ feeds: Feed[] }} props */
export function FeedTable({ feeds }) {
	return html`<${DataTable} label="Feeds" columns=${columns} rows=${feeds} rowKey=${(/** @type {Feed} */ { name }) => name} />`
}
