import { valueAt } from '../records/value-at.ts'

/** The columns that the user has named for fields of ours. */
export type ColumnMap = {
	/** Whether the user has named none. */
	isEmpty: boolean
	/** The columns that fields are read from. */
	columns: string[]
	/**
	 * Writes the mapped fields of a record over those that its format has found. A mapped field is read from its column
	 * only: it is taken away where the record lacks the column.
	 *
	 * @param own the record in our own columns
	 * @param raw the record as it is in the file
	 */
	overlay(own: Map<string, unknown>, raw: ReadonlyMap<string, unknown>): void
}

/**
 * @param map columns by field, as in `{ title: 'Name' }`
 * @param skuFrom the column of the sku, which is one more entry
 */
export function createColumnMap(map: Record<string, string> = {}, skuFrom?: string): ColumnMap {
	const entries = Object.entries(skuFrom === undefined ? map : { ...map, sku: skuFrom })
	return {
		isEmpty: entries.length === 0,
		columns: entries.map(([, column]) => column).filter((column) => column !== ''),
		overlay: (own, raw) => {
			for (const [field, column] of entries) {
				const value = column === '' ? undefined : valueAt(raw, column)
				if (value === undefined) own.delete(field)
				else own.set(field, value)
			}
		},
	}
}
