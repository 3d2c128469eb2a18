import type { SalesRow } from '../sales-query.ts'

/** The rows of the latest two steps that a stream was told. They are told again when the sales were put back. */
export function createRecentRows(stepMs: number) {
	const rows = new Map<string, SalesRow>()
	let newestMs = Number.NEGATIVE_INFINITY
	return {
		add(key: string, row: SalesRow): void {
			if (row.beginMs < newestMs - stepMs) return
			if (row.beginMs > newestMs) {
				newestMs = row.beginMs
				for (const [known, { beginMs }] of rows) if (beginMs < newestMs - stepMs) rows.delete(known)
			}
			rows.set(key, row)
		},
		/** A copy. */
		all: () => new Map(rows),
		/** When the first of them begins; infinite when there is none. */
		sinceMs: (): number =>
			[...rows.values()].reduce((since, { beginMs }) => Math.min(since, beginMs), Number.POSITIVE_INFINITY),
	}
}
