import { statSync } from 'node:fs'
import type { ProductUpsert } from '@mercat/catalog-api/messages/ProductUpsert'
import type { FileRow } from '@mercat/product-files/file-row'
import { ProductFileError } from '@mercat/product-files/product-file-error'
import { readRows, rowName } from '@mercat/product-files/read-rows'
import { CommandError } from '../command/command-error.ts'
import { interruptedExitCode } from '../command/stop-signal.ts'
import { isServiceError } from './call-error.ts'
import type { CatalogConnection } from './catalog-connection.ts'
import { explainCallError } from './explain-call-error.ts'
import { importBatches } from './import-batches.ts'
import { addCounts, countRows, type ImportCounts, noCounts } from './import-counts.ts'
import { type ImportAnswer, openImportStream } from './import-stream.ts'
import { showProgress } from './progress.ts'
import { sendBatches } from './send-batches.ts'

export type ImportResult = {
	counts: ImportCounts
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

const again = 'Run again, the command begins at the first row, and sets onHand again, also over sales made meanwhile'
const stopped = `stopped: the counted rows are stored, and the rest of the file is not. ${again}`
const halted = `stopped at once: the counted rows are stored, and other rows may be stored too. ${again}`

/**
 * Creates or updates the products of a file. A failed row is reported on stderr with its line number, or with its
 * position in a JSON array. When the rest of a file cannot be read, the rows before it are imported.
 *
 * @param nextToken returns the token for the next connection
 */
export async function importProducts(
	connection: CatalogConnection,
	nextToken: () => string,
	path: string,
	{ stop, halt }: ImportSignals = {},
): Promise<ImportResult> {
	const result: ImportResult = { counts: noCounts() }
	const { counts } = result
	const progress = showProgress(statSync(path, { throwIfNoEntry: false })?.size ?? 0)
	const announceStop = () => progress.print('stopping after the rows that were read; a second Ctrl-C stops at once')
	stop?.addEventListener('abort', announceStop)
	let bytesRead = 0
	/** The bytes that were read for each batch without an answer. */
	const bytesOfBatches: number[] = []
	let repeatedRows = 0

	async function* readableRows(): AsyncGenerator<FileRow> {
		const onRead = (bytes: number) => {
			bytesRead = bytes
		}
		try {
			for await (const row of readRows(path, onRead)) {
				if (stop?.aborted) {
					result.stopped = interrupted(stopped)
					return
				}
				yield row
			}
		} catch (error) {
			if (!(error instanceof ProductFileError)) throw error
			result.stopped = new CommandError(error.message, { cause: error })
		}
	}

	async function* batches(): AsyncGenerator<ProductUpsert[]> {
		for await (const batch of importBatches(readableRows(), reportFailure)) {
			bytesOfBatches.push(bytesRead)
			yield batch
		}
	}

	function reportFailure(rowNumber: number, reason: string): void {
		counts.failed++
		progress.print(`${rowName(path)} ${rowNumber}: ${reason}`)
	}

	function addAnswer(answer: ImportAnswer): void {
		addCounts(counts, answer)
		for (const { rowNumber, sku, message, changedParts } of answer.failures) {
			if (changedParts.length === 0) reportFailure(rowNumber, `${sku}: ${message}`)
			else {
				counts.partlyUpdated++
				const parts = `${changedParts.join(' and ')} ${changedParts.length === 1 ? 'was' : 'were'} changed`
				progress.print(`${rowName(path)} ${rowNumber}: ${sku}: ${parts}; ${message}`)
			}
		}
		progress.settled(countRows(counts), bytesOfBatches.shift() ?? 0)
	}

	const addRepeated = (rows: number) => {
		repeatedRows += rows
	}
	try {
		const openStream = () => openImportStream(connection.catalog, nextToken())
		await unlessAborted(sendBatches(openStream, batches(), addAnswer, addRepeated, stop), halt)
		if (repeatedRows > 0) progress.print(describeRepeat(repeatedRows))
		if (halt?.aborted) result.stopped = interrupted(halted)
	} catch (error) {
		if (!isServiceError(error)) throw error
		const reason = await explainCallError(error, connection)
		result.stopped = stop?.aborted ? interrupted(`${reason}; ${stopped}`) : new CommandError(reason, { cause: error })
	} finally {
		stop?.removeEventListener('abort', announceStop)
		progress.stop()
	}
	return result
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
