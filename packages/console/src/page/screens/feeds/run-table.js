/** @import { FeedRun } from '@mercat/client' */
/** @import { Column } from '../../parts/data-table.js' */
import { DataTable } from '../../parts/data-table.js'
import { html } from '../../parts/markup/html.js'
import { Time } from '../../parts/values/time.js'
import { RunOutcome } from './run-outcome.js'

/** @type {Column<FeedRun>[]} */
const columns = [
	{
		name: 'number',
		label: 'Run',
		cell: ({ number, startedAt }) =>
			html`<span class="two-lines">${number}<small><${Time} at=${startedAt} /></small></span>`,
	},
	{ name: 'outcome', label: 'Outcome', cell: (run) => html`<${Outcome} run=${run} />` },
	{ name: 'took', label: 'Took', align: 'end', cell: (run) => html`<${Effort} run=${run} />` },
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

// The catalog keeps a hundred runs, so all of them are drawn, and a reason may have several lines.
/** @param {{ run: FeedRun }} props */
function Outcome({ run }) {
	return html`<div class="run-outcome"><${RunOutcome} run=${run} />${run.reason !== '' && html`<p>${run.reason}</p>`}</div>`
}

/** @param {{ run: FeedRun }} props */
function Effort({ run: { startedAt, endedAt, attempts, bytes } }) {
	const effort = [bytes > 0 && sizeOf(bytes), attempts > 1 && `${attempts} attempts`].filter(Boolean).join(', ')
	return html`<span class="two-lines">${endedAt === null ? '–' : lengthBetween(startedAt, endedAt)}<small>${effort}</small></span>`
}

/**
 * @param {string} startedAt
 * @param {string} endedAt
 */
function lengthBetween(startedAt, endedAt) {
	const seconds = (new Date(endedAt).getTime() - new Date(startedAt).getTime()) / 1_000
	return `${seconds.toLocaleString('en', { maximumFractionDigits: 1 })} s`
}

/** @param {number} bytes */
function sizeOf(bytes) {
	const unit = bytes < 1e6 ? 'kilobyte' : 'megabyte'
	const size = bytes / (bytes < 1e6 ? 1e3 : 1e6)
	return size.toLocaleString('en', { style: 'unit', unit, maximumFractionDigits: 1 })
}
