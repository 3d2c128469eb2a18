import { DamagedIndexError, inRow, type ReportDamage } from '../segments/damaged-index-error.ts'

/** So many damaged rows are remembered. More are reported again. */
const mostDamaged = 1_000

export type ReadableRows = {
	/** Returns undefined when the row is damaged. The first time it is reported. */
	read<T>(row: { name: string; key: string }, read: () => T): T | undefined
	isDamaged(key: string): boolean
}

/** Leaves out the rows that nobody can read. */
export function createReadableRows(onDamage: ReportDamage = () => {}): ReadableRows {
	const damaged = new Set<string>()
	return {
		read({ name, key }, read) {
			try {
				return inRow(name, read)
			} catch (error) {
				if (!(error instanceof DamagedIndexError)) throw error
				if (damaged.size === mostDamaged) damaged.clear()
				if (!damaged.has(key)) onDamage(error)
				damaged.add(key)
				return undefined
			}
		},
		isDamaged: (key) => damaged.has(key),
	}
}
