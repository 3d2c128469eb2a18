import { statSync } from 'node:fs'
import type { ImportSettings } from '@mercat/catalog-api/import-request'
import type { ProductUpsert } from '@mercat/catalog-api/messages/ProductUpsert'
import type { ProductFileOptions } from '@mercat/product-files/product-file'
import { ProductFileError } from '@mercat/product-files/product-file-error'
import { isServiceError } from '../catalog/call-error.ts'
import type { CatalogConnection } from '../catalog/catalog-connection.ts'
import { explainCallError } from '../catalog/explain-call-error.ts'
import { CommandError } from '../command/command-error.ts'
import { visibleText } from '../output/visible-text.ts'
import type { FileFacts, ParsedBatch, ParseOptions, RowProblem } from '../parsing/parse-messages.ts'
import type { ParsedFile } from '../parsing/parsed-file.ts'
import { openParsers } from '../parsing/parsers.ts'
import { againText, interruptedExitCode } from '../signals/stop-signal.ts'
import { describeIgnored } from './describe-upsert.ts'
import { addCounts, countRows, type ImportCounts, noCounts } from './import-counts.ts'
import { type ImportAnswer, openImportStream } from './import-stream.ts'
import { showProgress } from './progress.ts'
import { describeRow, failedRow, heldRow, type ReportedRow, refusedRow } from './reported-row.ts'
import { sendLanes } from './send-lanes.ts'

export type ImportResult = {
	counts: ImportCounts
	/** What the file is. Missing when it could not be opened. */
	facts?: FileFacts
	/** The rows that were read. */
	records: number
	/** Products of the beginning of the file, if they were asked for. */
	samples: ProductUpsert[]
	/** Why the import stopped before the end of the file. */
	stopped?: CommandError
}

/** How the user ends an import before the end of the file. */
export type ImportSignals = {
	/** Ends the reading of the file. Rows that were read before are still sent, and counted. */
	stop?: AbortSignal
	/** Ends the import at once. */
	halt?: AbortSignal
}

export type ImportProductsOptions = ProductFileOptions &
	ImportSettings &
	Pick<ParseOptions, 'samples'> &
	ImportSignals & {
		/** Reads the whole file, and sends nothing to the catalog. */
		checkOnly?: boolean
		/** Is told every row that is neither created, updated nor unchanged. */
		onRow?: (row: ReportedRow) => void
	}

const again = 'Run again, the command begins at the first row, and sets onHand again, also over sales made meanwhile'
const stoppedText = `stopped: the counted rows are stored, and the rest of the file is not. ${again}`
const haltedText = `stopped at once: the counted rows are stored, and other rows may be stored too. ${again}`

/**
 * Creates or updates the products of a file. A row that fails or is held is told on stderr with its line number, or with
 * its position in a JSON array. When the rest of a file cannot be read, the rows before it are imported.
 *
 * @param nextToken returns the token for the next connection
 */
export async function importProducts(
	connection: CatalogConnection,
	nextToken: () => string,
	path: string,
	{ stop, halt, onRow = () => {}, checkOnly = false, ...options }: ImportProductsOptions = {},
): Promise<ImportResult> {
	const result: ImportResult = { counts: noCounts(), records: 0, samples: [] }
	const { counts } = result
	const progress = showProgress(statSync(path, { throwIfNoEntry: false })?.size ?? 0)
	let bytesAnswered = 0
	let repeatedRows = 0
	let file: ParsedFile | undefined
	const opening = new AbortController()
	const mode = { isDryRun: options.validateOnly ?? false }

	function tell(row: ReportedRow): void {
		progress.print(describeRow(row, file?.facts.lineName))
		onRow(row)
	}

	function onProblems(problems: RowProblem[]): void {
		counts.failed += problems.length
		for (const problem of problems) tell(refusedRow(problem))
	}

	function onAnswer(answer: ImportAnswer, { bytesRead }: ParsedBatch): void {
		addCounts(counts, answer)
		for (const failure of answer.failures) tell(failedRow(failure, mode))
		for (const held of answer.held) tell(heldRow(held, mode))
		bytesAnswered = Math.max(bytesAnswered, bytesRead)
		progress.settled(countRows(counts), bytesAnswered)
	}

	const onRepeat = (rows: number) => {
		repeatedRows += rows
	}
	const stopReading = () => {
		progress.print(`stopping after the rows that were read; ${againText}`)
		if (file === undefined) opening.abort()
		else file.stop()
	}
	stop?.addEventListener('abort', stopReading)
	await using parsers = openParsers()
	try {
		file = await parsers.parse(
			path,
			{ ...options, mode: checkOnly ? 'check' : 'apply' },
			{ onProblems, signal: opening.signal },
		)
		result.facts = file.facts
		const { ignoredColumns } = file.facts
		if (ignoredColumns.length > 0) progress.print(visibleText(describeIgnored(ignoredColumns)))
		if (stop?.aborted) file.stop()
		const openStream = () => openImportStream(connection.catalog, nextToken())
		await unlessAborted(sendLanes(openStream, file, { onAnswer, onRepeat, stop, halt }), halt)
		if (repeatedRows > 0) progress.print(describeRepeat(repeatedRows))
		if (halt?.aborted) result.stopped = interrupted(haltedText)
		else {
			await file.summary
			if (stop?.aborted) result.stopped = interrupted(stoppedText)
		}
	} catch (error) {
		result.stopped = await toCommandError(error)
	} finally {
		stop?.removeEventListener('abort', stopReading)
		progress.stop()
	}
	if (file !== undefined) Object.assign(result, whatWasRead(file, counts))
	return result

	async function toCommandError(error: unknown): Promise<CommandError> {
		if (error instanceof ProductFileError) return new CommandError(`${path}: ${error.message}`, { cause: error })
		// Ctrl-C before the beginning of the file was there.
		if (opening.signal.aborted) return interrupted(stoppedText)
		if (!isServiceError(error)) throw error
		const reason = await explainCallError(error, connection)
		return stop?.aborted ? interrupted(`${reason}; ${stoppedText}`) : new CommandError(reason, { cause: error })
	}
}

function whatWasRead({ read }: ParsedFile, counts: ImportCounts): Pick<ImportResult, 'samples' | 'records'> {
	// An import that ended at once does not know what the parser has read.
	const { samples, records } = read ?? { samples: [], records: countRows(counts) }
	return { samples, records }
}

function interrupted(message: string): CommandError {
	return new CommandError(message, { exitCode: interruptedExitCode })
}

/** Waits for the work, or for the signal. The work goes on without being waited for, and its failure is dropped. */
async function unlessAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
	if (signal === undefined) return work
	const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
	await Promise.race([work, aborted])
}

function describeRepeat(rows: number): string {
	return `the connection broke, and ${rows} ${rows === 1 ? 'row was' : 'rows were'} sent again: a row that the first sending stored counts as unchanged, or as failed if its stock is held`
}
