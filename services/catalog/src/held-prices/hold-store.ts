import type { Queryable } from '@mercat/database/queryable'
import type { HoldChange, KnownHold } from './price-judge.ts'

/** The open holds of the products, and the prices of this source that were rejected for them. */
export async function readHolds(_queryable: Queryable, _skus: readonly string[], _source: string): Promise<KnownHold[]> {
	return []
}

export async function writeHolds(_transaction: Queryable, _changes: readonly HoldChange[]): Promise<void> {}
