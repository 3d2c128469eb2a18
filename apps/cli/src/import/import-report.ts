import { closeSync, openSync, writeSync } from 'node:fs'
import { stringify } from 'csv-stringify/sync'
import { CommandError } from '../command/command-error.ts'
import { countRows, type ImportCounts } from './import-counts.ts'
import type { ReportedRow } from './reported-row.ts'

/** A file with one line for each row that failed or is held. It is written while the import runs. */
export type ImportReport = { add(row: ReportedRow): void; end(counts: ImportCounts): void }

const columns: (keyof ReportedRow)[] = ['line', 'sku', 'outcome', 'rule', 'old', 'new', 'detail']

/**
 * Opens a report. The end of its name says whether it is JSON or CSV.
 *
 * @param file the name of the file that is imported
 * @throws CommandError when the report cannot be written
 */
export function openImportReport(path: string, file: string): ImportReport {
	const report = openFile(path)
	const write = (text: string) => void writeSync(report, text)
	if (!/\.json$/i.test(path)) {
		write(stringify([columns]))
		return { add: (row) => write(stringify([row], { columns })), end: () => closeSync(report) }
	}
	let separator = ''
	write(`{"file":${JSON.stringify(file)},"startedAt":"${new Date().toISOString()}","rows":[`)
	return {
		add(row) {
			write(`${separator}\n${JSON.stringify(row)}`)
			separator = ','
		},
		end(counts) {
			const { created, updated, unchanged, held, failed } = counts
			const total = { rows: countRows(counts), created, updated, unchanged, held, failed }
			write(`\n],"endedAt":"${new Date().toISOString()}","counts":${JSON.stringify(total)}}\n`)
			closeSync(report)
		},
	}
}

function openFile(path: string): number {
	try {
		return openSync(path, 'w')
	} catch (error) {
		const { code = '' } = error as NodeJS.ErrnoException
		throw new CommandError(`the report ${path} cannot be written: ${code}`, { cause: error })
	}
}
