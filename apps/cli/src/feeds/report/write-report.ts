import { replaceFile } from '../../output/replace-file.ts'
import { reportCsv } from './report-csv.ts'
import type { SyncReport } from './sync-report.ts'

/**
 * Writes the report, and replaces an earlier one only when it is whole.
 *
 * @throws CommandError when the file cannot be written
 */
export function writeReport(path: string, report: SyncReport): void {
	const text = /\.csv$/i.test(path) ? reportCsv(report) : `${JSON.stringify(report, undefined, 2)}\n`
	using content = replaceFile(path, 'report')
	content.write(text)
	content.end()
}
