import type { ImportProductsRequest__Output as Request } from '@mercat/catalog-api/messages/ImportProductsRequest'
import type { ImportProductsResponse as Response } from '@mercat/catalog-api/messages/ImportProductsResponse'
import { invalidField } from '@mercat/grpc-service/invalid-request'
import type { Identity } from '@mercat/service/tokens'
import type { TraceContext } from '@mercat/service/tracing'
import { checkSourceOrShop } from '../errors/identifiers.ts'
import { countHoldWrites } from '../held-prices/count-holds.ts'
import type { HoldWrites } from '../held-prices/hold-book.ts'
import { mapInTurns } from '../turns/map-in-turns.ts'
import { countRows } from './count-rows.ts'
import { decideRows, type ImportOrder, type ImportView } from './decide-rows.ts'
import type { ImportRow } from './import-row.ts'
import { type FailedRow, type RowOutcome, toResponse } from './row-outcome.ts'
import { createRowReader } from './validate-row.ts'
import { type ImportTransaction, writeRows } from './write-rows.ts'

export type ImportProductsNeeds = {
	/**
	 * One look without a lock. It renews the run of the import.
	 *
	 * @throws CatalogError FEED_RUN_ENDED
	 */
	readView(skus: readonly string[], order: ImportOrder): Promise<ImportView>
	importTransaction<T>(work: (transaction: ImportTransaction) => Promise<T>, trace: TraceContext): Promise<T>
}

const mostUpserts = 500

/**
 * Upserts the valid rows of one request, and names the other rows. A row counts once: as created, updated, unchanged,
 * held or failed. The rows are decided on a look without locks first. Only products that something is written of are
 * locked, and their rows decided again, in one transaction.
 */
export function importProducts(needs: ImportProductsNeeds) {
	return async (request: Request, trace: TraceContext, { subject }: Pick<Identity, 'subject'>): Promise<Response> => {
		const { rows, failures } = await validRows(request)
		const { source, runNumber, validateOnly } = request
		const order = { source, runNumber, who: subject, trace }
		const { outcomes, holds } =
			rows.length === 0 ? { outcomes: [], holds: [] } : await applyRows(rows, { ...order, validateOnly }, needs)
		const all = [...failures, ...outcomes]
		if (!validateOnly) countRows(all)
		for (const written of holds) countHoldWrites(written)
		return toResponse(all)
	}
}

async function validRows({ upserts, source, runNumber }: Request) {
	if (upserts.length > mostUpserts) throw invalidField('upserts', `must have at most ${mostUpserts} items`)
	checkSourceOrShop('source', source)
	if (runNumber < 0) throw invalidField('run_number', 'must not be negative')
	if (runNumber > 0 && source === '') throw invalidField('source', 'is required by a run of a feed')
	const read = await mapInTurns(upserts, createRowReader({ runNumber }))
	const isFailed = (row: ImportRow | FailedRow): row is FailedRow => 'result' in row
	return { failures: read.filter(isFailed), rows: read.filter((row): row is ImportRow => !isFailed(row)) }
}

async function applyRows(
	rows: readonly ImportRow[],
	order: ImportOrder & { validateOnly: boolean },
	{ readView, importTransaction }: ImportProductsNeeds,
): Promise<{ outcomes: RowOutcome[]; holds: HoldWrites[] }> {
	const skus = [...new Set(rows.map(({ sku }) => sku))]
	const view = await readView(skus, order)
	const seen = decideRows(rows, view, order.source)
	if (order.validateOnly || seen.skusToWrite.size === 0) return { outcomes: seen.outcomes, holds: [] }
	const written = await importTransaction(
		(transaction) => writeRows(rows, { seen, view }, order, transaction),
		order.trace,
	)
	return {
		outcomes: seen.outcomes.map((outcome, place) => written.outcomes.get(place) ?? outcome),
		holds: written.holds,
	}
}
