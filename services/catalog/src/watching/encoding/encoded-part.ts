import type { Quantity } from '../../changes/availability/availability.ts'
import type { ChangeEncoder } from './change-encoder.ts'

/** What is told of a product, encoded for all streams. */
export type EncodedPart = { sku: string; bytes: Buffer }

export function quantityParts(quantities: readonly Quantity[], encoder: ChangeEncoder): EncodedPart[] {
	return quantities.map(({ sku, available }) => ({ sku, bytes: encoder.quantity(sku, available) }))
}
