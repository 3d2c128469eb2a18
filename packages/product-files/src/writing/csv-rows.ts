import { stringify } from 'csv-stringify/sync'

/** Writes rows of delimited text (RFC 4180). A value stays as it is, also one that a spreadsheet takes for a formula. */
export function csvRows(rows: string[][], delimiter = ','): string {
	// A carriage return alone ends a row for readers, too.
	return stringify(rows, { delimiter, quoted_match: /[\r\n]/ })
}
