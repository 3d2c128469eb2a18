import { Counter } from '@mercat/service/metrics'
import type { RowOutcome } from './row-outcome.ts'

const rows = new Counter({
	name: 'mercat_import_rows_total',
	help: 'Rows of imports by outcome: created, updated, unchanged, held, or the reason why the row failed',
	labelNames: ['outcome'],
})

/** Counts the rows of one request of an import, which has been committed. */
export function countRows(outcomes: readonly RowOutcome[]): void {
	for (const outcome of outcomes) rows.inc({ outcome: outcome.result === 'failed' ? outcome.reason : outcome.result })
}
