import type { SyncReport } from './sync-report.ts'

const feedColumns = [
	...['name', 'outcome', 'reason', 'ms', 'bytes', 'attempts', 'rows'],
	...['created', 'updated', 'unchanged', 'held', 'rejected', 'missing'],
] as const
const rowColumns = ['feed', 'line', 'sku', 'outcome', 'rule', 'old', 'new', 'detail'] as const
// The outcome of a feed and that of a row are one column; `kind` tells which it is.
const columns = [
	...['kind', 'feed', 'outcome', 'reason', 'ms', 'bytes', 'attempts', 'rows', 'created', 'updated', 'unchanged'],
	...['held', 'rejected', 'missing', 'line', 'sku', 'rule', 'old', 'new', 'detail'],
]

/** The report as one table: a line for each feed, then a line for each row. Lines end as RFC 4180 says. */
export function reportCsv({ feeds, rows }: SyncReport): string {
	const feedLines = feeds.map((feed) => {
		const values = Object.fromEntries(feedColumns.map((column) => [column, feed[column]]))
		return { ...values, kind: 'feed', feed: feed.name }
	})
	const rowLines = rows.map((row) => ({
		...Object.fromEntries(rowColumns.map((column) => [column, row[column] ?? ''])),
		kind: 'row',
	}))
	const lines = [...feedLines, ...rowLines].map((line: Record<string, string | number>) =>
		columns.map((column) => cell(line[column] ?? '')),
	)
	return [columns, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('')
}

function cell(value: string | number): string {
	if (typeof value === 'number') return String(value)
	// A spreadsheet would run a text of a source that begins like a formula.
	const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
