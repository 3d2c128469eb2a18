import { Counter } from '@mercat/service/metrics'
import type { ImportOutcome } from './apply-rows.ts'

const rows = new Counter({
	name: 'mercat_import_rows_total',
	help: 'Rows of imports by outcome: created, updated, unchanged, or the reason why the row failed',
	labelNames: ['outcome'],
})

/** Counts the rows of one request of an import, which has been committed. */
export function countRows(outcome: Partial<ImportOutcome>): void {
	const { createdCount = 0, updatedCount = 0, unchangedCount = 0, failures = [] } = outcome
	if (createdCount > 0) rows.inc({ outcome: 'created' }, createdCount)
	if (updatedCount > 0) rows.inc({ outcome: 'updated' }, updatedCount)
	if (unchangedCount > 0) rows.inc({ outcome: 'unchanged' }, unchangedCount)
	for (const { reason } of failures) rows.inc({ outcome: reason })
}
