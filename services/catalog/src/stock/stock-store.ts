import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import { CatalogError } from '../grpc/errors.ts'

export type StockLevel = { sku: string; onHand: number; held: number }

/** A change of what is on hand; the same kind and cause changes a sku once. */
export type StockChange = {
	sku: string
	kind: 'set' | 'adjust'
	cause: string
	reason: string
	/** What is on hand afterwards, from what it is now. */
	next(onHand: number): number
}

export type StockStore = ReturnType<typeof createStockStore>

const levels: Statement = {
	name: 'stock-levels',
	text: 'select sku, on_hand as "onHand", held from stock where sku = any($1::text[])',
}

const lockLevel: Statement = {
	name: 'lock-stock-level',
	text: 'select sku, on_hand as "onHand", held from stock where sku = $1 for update',
}

/** @param changed is told of every product whose stock was changed */
export function createStockStore(database: Database, changed: (skus: string[]) => void = () => {}) {
	return {
		async findLevels(skus: string[], budget?: Budget): Promise<Map<string, StockLevel>> {
			const rows = await database.within(budget).query<StockLevel>(levels, [skus])
			return new Map(rows.map((row) => [row.sku, row]))
		},

		/**
		 * Changes what is on hand and writes the ledger; a change that was made before is not made again.
		 *
		 * @throws CatalogError PRODUCT_NOT_FOUND, STOCK_HELD
		 */
		async change(change: StockChange, budget?: Budget): Promise<StockLevel> {
			const { sku, kind, cause, reason } = change
			const changedLevel = await database.transaction(async (transaction) => {
				const [level] = await transaction.query<StockLevel>(lockLevel, [sku])
				if (level === undefined) throw new CatalogError('PRODUCT_NOT_FOUND', { metadata: { skus: sku } })
				const [made] = await transaction.query('select 1 from stock_movement where (sku, kind, cause) = ($1, $2, $3)', [
					sku,
					kind,
					cause,
				])
				if (made !== undefined) return level
				const onHand = change.next(level.onHand)
				if (onHand < level.held) throw new CatalogError('STOCK_HELD', { metadata: { sku, held: String(level.held) } })
				await transaction.query('update stock set on_hand = $2 where sku = $1', [sku, onHand])
				await transaction.query(
					'insert into stock_movement (sku, kind, cause, delta, reason) values ($1, $2, $3, $4, $5)',
					[sku, kind, cause, onHand - level.onHand, reason],
				)
				return { ...level, onHand }
			}, budget)
			changed([sku])
			return changedLevel
		},
	}
}
