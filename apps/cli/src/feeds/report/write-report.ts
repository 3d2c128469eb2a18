import { writeFileSync } from 'node:fs'
import { CommandError } from '../../command/command-error.ts'
import { replaceFile } from '../../output/replaced-file.ts'
import { reportCsv } from './report-csv.ts'
import type { SyncReport } from './sync-report.ts'

/**
 * Writes the report, and replaces an earlier one only when it is whole.
 *
 * @throws CommandError when the file cannot be written
 */
export function writeReport(path: string, report: SyncReport): void {
	const text = /\.csv$/i.test(path) ? reportCsv(report) : `${JSON.stringify(report, undefined, 2)}\n`
	const file = replaceFile(path)
	try {
		writeFileSync(file.path, text)
		file.finish()
	} catch (error) {
		file.drop()
		throw new CommandError(`the report ${path} cannot be written: ${(error as Error).message}`, { cause: error })
	}
}
