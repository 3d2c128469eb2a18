/** @import { SourceView } from '@mercat/market-api/source-schemas' */
/** @import { Column } from '../../parts/data-table.js' */
import { DataTable } from '../../parts/data-table.js'
import { html } from '../../parts/markup/html.js'
import { StatusPill } from '../../parts/status-pill.js'
import { Time } from '../../parts/values/time.js'
import { placeOf } from '../../routing/router.js'

/** @type {Column<SourceView>[]} */
const columns = [
	{ name: 'state', label: 'State', cell: (source) => html`<${SourceState} source=${source} />` },
	{ name: 'name', label: 'Source', isWide: true, cell: ({ name }) => name },
	{
		name: 'last',
		label: 'Last message',
		cell: ({ lastTickAt }) =>
			lastTickAt === null ? html`<span class="faint">never</span>` : html`<${Time} at=${lastTickAt} />`,
	},
	{ name: 'seq', label: 'Stored up to', align: 'end', cell: ({ seq }) => seq?.toLocaleString('en') ?? '–' },
	{
		name: 'applied',
		label: 'Sent to the catalog',
		align: 'end',
		cell: ({ appliedSequence }) => appliedSequence.toLocaleString('en'),
	},
	{
		name: 'held',
		label: 'Held prices',
		cell: ({ name }) =>
			html`<a href=${placeOf(['held-prices'], { source: name })} aria-label=${`Show held prices of ${name}`}>Show</a>`,
	},
]

/** @param {{ sources: SourceView[] }} props */
export function SourceTable({ sources }) {
	return html`<${DataTable} label="Sources" columns=${columns} rows=${sources} rowKey=${(/** @type {SourceView} */ { name }) => name} />`
}

/** @param {{ source: SourceView }} props */
function SourceState({ source: { followed, stale } }) {
	if (!followed) return html`<${StatusPill} state="not followed" tone="quiet" />`
	if (stale) return html`<${StatusPill} state="silent" tone="warn" />`
	return html`<${StatusPill} state="heard" tone="good" />`
}
