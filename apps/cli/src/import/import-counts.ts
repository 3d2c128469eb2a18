import type { ImportAnswer } from './import-stream.ts'

/** The outcomes of rows. Each row counts once in the first five. */
export type ImportCounts = {
	created: number
	updated: number
	/** Rows that changed the product, but could not set its stock. */
	partlyUpdated: number
	unchanged: number
	failed: number
	/** Changes of products that were there before. */
	changed: { content: number; price: number; stock: number }
}

export function noCounts(): ImportCounts {
	const changed = { content: 0, price: 0, stock: 0 }
	return { created: 0, updated: 0, partlyUpdated: 0, unchanged: 0, failed: 0, changed }
}

/** Adds an answer, but not its failures. */
export function addCounts(counts: ImportCounts, answer: ImportAnswer): void {
	counts.created += answer.createdCount
	counts.updated += answer.updatedCount
	counts.unchanged += answer.unchangedCount
	counts.changed.content += answer.contentChangedCount
	counts.changed.price += answer.priceChangedCount
	counts.changed.stock += answer.stockChangedCount
}

export function countRows({ created, updated, partlyUpdated, unchanged, failed }: ImportCounts): number {
	return created + updated + partlyUpdated + unchanged + failed
}

/**
 * Describes the counts, such as `194 rows: 190 created, 4 updated, 0 unchanged, 0 failed`, and on a second line the parts
 * of products that were changed, if any were.
 */
export function describeCounts(counts: ImportCounts): string {
	const { created, updated, partlyUpdated, unchanged, failed, changed } = counts
	const partly = partlyUpdated === 0 ? '' : `, ${partlyUpdated} partly updated`
	const rows = `${countRows(counts)} rows: ${created} created, ${updated} updated${partly}, ${unchanged} unchanged, ${failed} failed`
	const parts = Object.entries(changed).filter(([, count]) => count > 0)
	if (parts.length === 0) return rows
	return `${rows}\nchanged in products that were there: ${parts.map(([part, count]) => `${part} ${count}`).join(', ')}`
}
