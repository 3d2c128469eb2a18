import type { Snapshot } from '@mercat/database/snapshot'
import type { LoggedChange } from '../../changes/log/product-changes.ts'
import type { ChangeEncoder } from '../encoding/change-encoder.ts'
import type { EncodedPart } from '../encoding/encoded-part.ts'

export type StateRow = { change: LoggedChange; available: number }

/** The products behind a sku, up to another. */
export type StateChunk = {
	upTo: string
	snapshot: Snapshot
	/** A moment after the snapshot: milliseconds since 1970 by the clock of the database. */
	atMs: number
	rows: StateRow[]
}

/** Changes that are encoded for all streams of a filter. */
export type EncodedChunk = Omit<StateChunk, 'rows' | 'snapshot'> & {
	parts: EncodedPart[]
}

/** The same for products. */
export type EncodedState = EncodedChunk & { snapshot: Snapshot }

export function encodeChunk(
	{ rows, ...chunk }: StateChunk,
	productsOnly: boolean,
	encoder: ChangeEncoder,
): EncodedState {
	const parts = rows.map(({ change, available }) => {
		const product = encoder.change(change)
		const { sku } = change
		return { sku, bytes: productsOnly ? product : Buffer.concat([product, encoder.quantity(sku, available)]) }
	})
	return { ...chunk, parts }
}
