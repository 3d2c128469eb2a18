import type { ImportProductsResponse as Response } from '@mercat/catalog-api/messages/ImportProductsResponse'
import type { Hold } from '../held-prices/hold-book.ts'
import { toMoney } from '../products/product.ts'

/** The parts of a product that rows change. The price has its currency. */
export type ProductPart = 'content' | 'price' | 'stock'

type Row = {
	rowNumber: number
	sku: string
	/** The parts of a product that was there before. A failed row may have changed some of them, too. */
	changedParts: ProductPart[]
}

export type FailedRow = Row & { result: 'failed'; reason: string; message: string }

/** Each row has one outcome. */
export type RowOutcome =
	| (Row & { result: 'created' | 'updated' | 'unchanged' })
	| (Row & { result: 'held'; hold: Hold })
	| FailedRow

/** The answer to a request whose rows have these outcomes. Failed and held rows come by their numbers. */
export function toResponse(outcomes: readonly RowOutcome[]): Response {
	const failed = outcomes.filter(({ result }) => result === 'failed') as FailedRow[]
	const held = outcomes.filter((outcome) => outcome.result === 'held')
	const count = (result: RowOutcome['result']) => outcomes.filter((outcome) => outcome.result === result).length
	const changed = (part: ProductPart) => outcomes.filter(({ changedParts }) => changedParts.includes(part)).length
	return {
		createdCount: count('created'),
		updatedCount: count('updated'),
		unchangedCount: count('unchanged'),
		contentChangedCount: changed('content'),
		priceChangedCount: changed('price'),
		stockChangedCount: changed('stock'),
		failures: failed.map(({ result: _, ...failure }) => failure).sort((one, other) => one.rowNumber - other.rowNumber),
		held: held
			.map(({ rowNumber, sku, changedParts, hold }) => ({
				rowNumber,
				sku,
				changedParts,
				holdId: hold.id,
				rule: hold.rule,
				oldPrice: toMoney(hold.oldPrice),
				newPrice: toMoney(hold.newPrice),
			}))
			.sort((one, other) => one.rowNumber - other.rowNumber),
	}
}
