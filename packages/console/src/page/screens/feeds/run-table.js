/** @import { FeedRun } from '@mercat/client' */
/** @import { Children } from '../../parts/markup/html.js' */
/** @import { Column } from '../../parts/data-table.js' */
import { DataTable } from '../../parts/data-table.js'
import { html } from '../../parts/markup/html.js'
import { Time } from '../../parts/values/time.js'
import { RunOutcome } from './run-outcome.js'

/** @type {Column<FeedRun>[]} */
const columns = [
	{ name: 'number', label: 'Run', cell: ({ number }) => number },
	{ name: 'outcome', label: 'Outcome', cell: (run) => html`<${RunOutcome} run=${run} />` },
	// The catalog keeps a hundred runs, so all of them are drawn and may have several lines.
	{ name: 'reason', label: 'Reason', cell: ({ reason }) => html`<div class="run-reason">${reason}</div>` },
	{ name: 'startedAt', label: 'Began', cell: ({ startedAt }) => html`<${Time} at=${startedAt} />` },
	{ name: 'took', label: 'Took', align: 'end', cell: took },
	{ name: 'attempts', label: 'Attempts', align: 'end', cell: ({ attempts }) => attempts },
	{ name: 'bytes', label: 'Size', align: 'end', cell: ({ bytes }) => sizeOf(bytes) },
	count('rows', 'Rows', ({ rows }) => rows),
	count('created', 'Created', ({ created }) => created),
	count('updated', 'Updated', ({ updated }) => updated),
	count('unchanged', 'Unchanged', ({ unchanged }) => unchanged),
	count('held', 'Held', ({ held }) => held),
	count('rejected', 'Rejected', ({ rejected }) => rejected),
	count('missing', 'Missing', ({ missing }) => missing),
]

/** @param {{ runs: FeedRun[] }} props */
export function RunTable({ runs }) {
	return html`<${DataTable} label="Runs" columns=${columns} rows=${runs} rowKey=${(/** @type {FeedRun} */ { number }) => String(number)} />`
}

/**
 * @param {string} name
 * @param {string} label
 * @param {(run: FeedRun) => number} countOf
 * @returns {Column<FeedRun>}
 */
function count(name, label, countOf) {
	return { name, label, align: 'end', cell: (run) => countOf(run).toLocaleString('en') }
}

/**
 * @param {FeedRun} run
 * @returns {Children}
 */
function took({ startedAt, endedAt }) {
	if (endedAt === null) return html`<span class="faint">–</span>`
	const seconds = (new Date(endedAt).getTime() - new Date(startedAt).getTime()) / 1_000
	return `${seconds.toLocaleString('en', { maximumFractionDigits: 1 })} s`
}

/** @param {number} bytes */
function sizeOf(bytes) {
	const unit = bytes < 1e6 ? 'kilobyte' : 'megabyte'
	const size = bytes / (bytes < 1e6 ? 1e3 : 1e6)
	return size.toLocaleString('en', { style: 'unit', unit, maximumFractionDigits: 1 })
}
