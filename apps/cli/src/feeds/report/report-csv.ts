import { stringify } from 'csv-stringify/sync'
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
	return stringify([...feedLines, ...rowLines], { header: true, columns, record_delimiter: '\r\n' })
}
