import { statSync } from 'node:fs'
import type { CatalogServiceClient } from '@mercat/catalog-api/messages/CatalogService'
import type { FileRow } from '@mercat/product-files/file-row'
import { ProductFileError } from '@mercat/product-files/product-file-error'
import { readRows, rowName } from '@mercat/product-files/read-rows'
import { CommandError } from '../command/command-error.ts'
import { describeCallError, isServiceError } from './call-error.ts'
import { importBatches } from './import-batches.ts'
import { type ImportAnswer, openImportStream } from './import-stream.ts'
import { showProgress } from './progress.ts'
import { sendBatches } from './send-batches.ts'

export type ImportResult = {
	/** How many rows the catalog created, updated, left unchanged or refused. */
	counts: { created: number; updated: number; unchanged: number; failed: number }
	/** Why the import stopped before the end of the file. */
	stopped?: CommandError
}

/**
 * Creates or updates the products of a file. A failed row is reported on stderr with its line number, or with its
 * position in a JSON array. When the rest of a file cannot be read, the rows before it are imported.
 *
 * @param nextToken returns the token for the next connection
 */
export async function importProducts(
	catalog: CatalogServiceClient,
	nextToken: () => string,
	path: string,
): Promise<ImportResult> {
	const result: ImportResult = { counts: { created: 0, updated: 0, unchanged: 0, failed: 0 } }
	const { counts } = result
	const progress = showProgress(statSync(path, { throwIfNoEntry: false })?.size ?? 0)

	async function* readableRows(): AsyncGenerator<FileRow> {
		try {
			yield* readRows(path, progress.update)
		} catch (error) {
			if (!(error instanceof ProductFileError)) throw error
			result.stopped = new CommandError(error.message, { cause: error })
		}
	}

	function reportFailure(rowNumber: number, reason: string): void {
		counts.failed++
		progress.print(`${rowName(path)} ${rowNumber}: ${reason}`)
	}

	function addAnswer({ createdCount, updatedCount, unchangedCount, failures }: ImportAnswer): void {
		counts.created += createdCount
		counts.updated += updatedCount
		counts.unchanged += unchangedCount
		for (const { rowNumber, sku, message } of failures) reportFailure(rowNumber, `${sku}: ${message}`)
	}

	try {
		const batches = importBatches(readableRows(), reportFailure)
		await sendBatches(() => openImportStream(catalog, nextToken()), batches, addAnswer)
	} catch (error) {
		if (!isServiceError(error)) throw error
		result.stopped = new CommandError(describeCallError(error, catalog.getChannel().getTarget()), { cause: error })
	} finally {
		progress.stop()
	}
	return result
}

/** Describes the counts, such as `194 rows: 194 created, 0 updated, 0 unchanged, 0 failed`. */
export function describeCounts({ created, updated, unchanged, failed }: ImportResult['counts']): string {
	const rows = created + updated + unchanged + failed
	return `${rows} rows: ${created} created, ${updated} updated, ${unchanged} unchanged, ${failed} failed`
}
