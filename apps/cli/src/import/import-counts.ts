import type { ImportAnswer } from './import-stream.ts'

/** The outcomes of rows. Each row counts once in the first five. */
export type ImportCounts = {
	created: number
	updated: number
	unchanged: number
	/** Rows whose price waits for an approval. */
	held: number
	failed: number
	/** Changes of products that were there before. A created product has all its parts, so they are not counted. */
	changed: { content: number; price: number; stock: number }
	/** Rows whose stock was left as it is, because more is held. They are among the failed ones. */
	stockNotSet: number
}

export function noCounts(): ImportCounts {
	const changed = { content: 0, price: 0, stock: 0 }
	return { created: 0, updated: 0, unchanged: 0, held: 0, failed: 0, changed, stockNotSet: 0 }
}

export function addCounts(counts: ImportCounts, answer: ImportAnswer): void {
	counts.created += answer.createdCount
	counts.updated += answer.updatedCount
	counts.unchanged += answer.unchangedCount
	counts.held += answer.held.length
	counts.failed += answer.failures.length
	counts.changed.content += answer.contentChangedCount
	counts.changed.price += answer.priceChangedCount
	counts.changed.stock += answer.stockChangedCount
	counts.stockNotSet += answer.failures.filter(({ reason }) => reason === 'STOCK_HELD').length
}

export function countRows({ created, updated, unchanged, held, failed }: ImportCounts): number {
	return created + updated + unchanged + held + failed
}

/**
 * Describes the counts, such as `194 rows: 190 created, 4 updated, 0 unchanged, 0 failed`, and on a second line the parts
 * of products that were changed, if any were: `products that were there: price 3 changed, stock 3 changed, 1 not set`.
 */
export function describeCounts(counts: ImportCounts): string {
	const { created, updated, unchanged, held, failed, changed, stockNotSet } = counts
	const waiting = held === 0 ? '' : `, ${held} held`
	const total = countRows(counts)
	const rows = `${total} ${total === 1 ? 'row' : 'rows'}: ${created} created, ${updated} updated, ${unchanged} unchanged${waiting}, ${failed} failed`
	const parts = Object.entries(changed)
		.filter(([part, count]) => count > 0 || (part === 'stock' && stockNotSet > 0))
		.map(([part, count]) => `${part} ${count} changed`)
	if (parts.length === 0) return rows
	const notSet = stockNotSet === 0 ? '' : `, ${stockNotSet} not set`
	return `${rows}\nproducts that were there: ${parts.join(', ')}${notSet}`
}
