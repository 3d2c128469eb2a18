import { closeSync, openSync, writeSync } from 'node:fs'
import { ProductFileError } from '@mercat/product-files/product-file-error'
import { stringify } from 'csv-stringify/sync'
import { CommandError } from '../command/command-error.ts'
import { replaceFile } from '../output/replaced-file.ts'
import type { ImportResult } from './import-products.ts'
import type { ReportedRow } from './reported-row.ts'

type Outcome = Pick<ImportResult, 'counts' | 'records' | 'stopped'>

/** A file with one line for each row that failed or is held. It is written while the import runs. */
export type ImportReport = {
	add(row: ReportedRow): void
	/**
	 * Puts the report in the place of an earlier one. The earlier one stays when there was nothing to read.
	 *
	 * @param isChecked whether the file alone was checked, so that nobody knows what would become of its good rows
	 */
	end(outcome: Outcome, options?: { isChecked?: boolean }): void
	/** Drops a report that has not ended. */
	[Symbol.dispose](): void
}

const columns: (keyof ReportedRow)[] = ['line', 'sku', 'outcome', 'rule', 'old', 'new', 'detail']

/**
 * Opens a report. The end of its name says whether it is JSON or CSV.
 *
 * @param input the name of the file that is imported
 * @throws CommandError when the report cannot be written
 */
export function openImportReport(path: string, input: string): ImportReport {
	const file = replaceFile(path)
	const fd = attempt(path, () => openSync(file.path, 'w'))
	const write = (text: string) => attempt(path, () => writeSync(fd, text))
	const form = /\.json$/i.test(path) ? jsonForm(input) : csvForm
	let isOpen = true

	function close(settle: () => void): void {
		isOpen = false
		closeSync(fd)
		settle()
	}

	write(form.head)
	return {
		add: (row) => void write(form.row(row)),
		end(outcome, { isChecked = false } = {}) {
			if (!hasContent(outcome)) return close(file.drop)
			write(form.foot(outcome, isChecked))
			attempt(path, () => close(file.finish))
		},
		[Symbol.dispose]() {
			if (isOpen) close(file.drop)
		},
	}
}

type Form = { head: string; row(row: ReportedRow): string; foot(outcome: Outcome, isChecked: boolean): string }

const csvForm: Form = {
	head: stringify([columns]),
	row: (row) => stringify([row], { columns }),
	foot({ stopped }) {
		return stopped === undefined ? '' : stringify([{ outcome: 'stopped', ...reasonOf(stopped) }], { columns })
	},
}

function jsonForm(input: string): Form {
	let separator = ''
	return {
		head: `{"file":${JSON.stringify(input)},"startedAt":"${new Date().toISOString()}","rows":[`,
		row(row) {
			const text = `${separator}\n${JSON.stringify(row)}`
			separator = ','
			return text
		},
		foot(outcome, isChecked) {
			const { counts, records: rows, stopped } = outcome
			const { created, updated, unchanged, held, failed } = counts
			const total = { rows, ...(isChecked ? {} : { created, updated, unchanged, held }), failed }
			const members = {
				endedAt: new Date().toISOString(),
				counts: total,
				...(stopped === undefined ? {} : { stopped: reasonOf(stopped) }),
			}
			return `\n],${JSON.stringify(members).slice(1)}\n`
		},
	}
}

/** Why an import stopped. Only what is wrong with a file has a rule. */
function reasonOf({ message, cause }: CommandError): Pick<ReportedRow, 'rule' | 'detail'> {
	return cause instanceof ProductFileError ? { rule: cause.code, detail: cause.message } : { rule: '', detail: message }
}

function hasContent({ records, stopped }: Outcome): boolean {
	if (stopped === undefined || records > 0) return true
	return stopped.cause instanceof ProductFileError && stopped.cause.code !== 'UNREADABLE'
}

function attempt<T>(path: string, work: () => T): T {
	try {
		return work()
	} catch (error) {
		const { code = '' } = error as NodeJS.ErrnoException
		throw new CommandError(`the report ${path} cannot be written: ${code}`, { cause: error })
	}
}
