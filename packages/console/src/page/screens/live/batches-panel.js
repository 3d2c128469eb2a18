/** @import { Status } from '@mercat/client' */
/** @import { Column } from '../../parts/data-table.js' */
import { DataTable } from '../../parts/data-table.js'
import { html } from '../../parts/markup/html.js'
import { Panel } from '../../parts/panel.js'
import { formatFigure, formatMs } from './numbers.js'

/**
 * Requests that were joined into one call or statement, in the last second.
 *
 * @param {{ batches: Status['batches'] }} props
 */
export function BatchesPanel({ batches }) {
	return html`
		<${Panel} title="Batches">
			<${DataTable} label="Batches of the last second" columns=${columns} rows=${batches} rowKey=${(/** @type {Status['batches'][number]} */ { name }) => name}
				empty=${html`<p class="panel-body faint">No batch in the last second.</p>`} />
		</${Panel}>
	`
}

/** @type {Column<Status['batches'][number]>[]} */
const columns = [
	{ name: 'name', label: 'Batch', cell: ({ name }) => name },
	{ name: 'rate', label: 'A second', align: 'end', cell: ({ perSecond }) => formatFigure(perSecond) },
	{ name: 'size', label: 'Mean size', align: 'end', cell: ({ meanSize }) => formatFigure(meanSize) },
	{ name: 'wait', label: 'Mean wait', align: 'end', cell: ({ meanWaitMs }) => formatMs(meanWaitMs) },
]
