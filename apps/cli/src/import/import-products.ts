import { statSync } from 'node:fs'
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

const stoppedMessage =
	'stopped: the counted rows are stored, and the rest of the file is not; run the command again to go on'

/**
 * Creates or updates the products of a file. A failed row is reported on stderr with its line number, or with its
 * position in a JSON array. When the rest of a file cannot be read, the rows before it are imported.
 *
 * @param nextToken returns the token for the next connection
 * @param stop ends the reading of the file. Rows that were read before are still sent, and counted.
 */
export async function importProducts(
	connection: CatalogConnection,
	nextToken: () => string,
	path: string,
	stop?: AbortSignal,
): Promise<ImportResult> {
	const result: ImportResult = { counts: noCounts() }
	const { counts } = result
	const progress = showProgress(statSync(path, { throwIfNoEntry: false })?.size ?? 0)
	const announceStop = () => progress.print('stopping after the rows that were read; a second Ctrl-C stops at once')
	stop?.addEventListener('abort', announceStop)

	async function* readableRows(): AsyncGenerator<FileRow> {
		try {
			for await (const row of readRows(path, progress.read)) {
				if (stop?.aborted) {
					result.stopped = new CommandError(stoppedMessage, { exitCode: interruptedExitCode })
					return
				}
				yield row
			}
		} catch (error) {
			if (!(error instanceof ProductFileError)) throw error
			result.stopped = new CommandError(error.message, { cause: error })
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
		progress.rows(countRows(counts))
	}

	try {
		const batches = importBatches(readableRows(), reportFailure)
		await sendBatches(() => openImportStream(connection.catalog, nextToken()), batches, addAnswer, stop)
	} catch (error) {
		if (!isServiceError(error)) throw error
		result.stopped = new CommandError(await explainCallError(error, connection), { cause: error })
	} finally {
		stop?.removeEventListener('abort', announceStop)
		progress.stop()
	}
	return result
}
