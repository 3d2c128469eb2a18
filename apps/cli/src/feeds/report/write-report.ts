import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { CommandError } from '../../command/command-error.ts'
import { reportCsv } from './report-csv.ts'
import type { SyncReport } from './sync-report.ts'

/**
 * Writes the report, and replaces an earlier one only when it is whole.
 *
 * @throws CommandError when the file cannot be written
 */
export function writeReport(path: string, report: SyncReport): void {
	const text = /\.csv$/i.test(path) ? reportCsv(report) : `${JSON.stringify(report, undefined, 2)}\n`
	const unfinished = `${path}.${process.pid}.tmp`
	try {
		writeFileSync(unfinished, text)
		renameSync(unfinished, path)
	} catch (error) {
		rmSync(unfinished, { force: true })
		throw new CommandError(`the report ${path} cannot be written: ${(error as Error).message}`, { cause: error })
	}
}
