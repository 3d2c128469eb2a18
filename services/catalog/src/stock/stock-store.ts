import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import { CatalogError, productNotFound } from '../errors/catalog-error.ts'
import type { ChangedLevel, StockChange } from './change-stock.ts'
import type { StockLevel } from './stock-level.ts'

export type StockStore = ReturnType<typeof createStockStore>

const findStockLevels: Statement = {
	name: 'find-stock-levels',
	text: 'select sku, on_hand as "onHand", held from stock where sku = any($1::text[])',
}

const lockStockLevel: Statement = {
	name: 'lock-stock-level',
	text: 'select sku, on_hand as "onHand", held from stock where sku = $1 for update',
}

/** @param changed is called with the skus of products whose stock may have changed */
export function createStockStore(database: Database, changed: (skus: string[]) => void = () => {}) {
	return {
		async findLevels(skus: string[], budget?: Budget): Promise<Map<string, StockLevel>> {
			const rows = await database.within(budget).query<StockLevel>(findStockLevels, [skus])
			return new Map(rows.map((row) => [row.sku, row]))
		},

		/**
		 * Changes the quantity on hand and writes the ledger, unless the ledger has this change already.
		 *
		 * @throws CatalogError PRODUCT_NOT_FOUND, STOCK_HELD
		 */
		async change(change: StockChange, budget?: Budget): Promise<ChangedLevel> {
			const { sku, kind, cause, reason, who } = change
			const changedLevel = await database.transaction(async (transaction) => {
				const [level] = await transaction.query<StockLevel>(lockStockLevel, [sku])
				if (level === undefined) throw productNotFound([sku])
				const [made] = await transaction.query('select 1 from stock_movement where (sku, kind, cause) = ($1, $2, $3)', [
					sku,
					kind,
					cause,
				])
				if (made !== undefined) return { ...level, madeBefore: true }
				const onHand = change.next(level.onHand)
				if (onHand < level.held) throw new CatalogError('STOCK_HELD', { metadata: { sku, held: String(level.held) } })
				await transaction.query('update stock set on_hand = $2 where sku = $1', [sku, onHand])
				await transaction.query(
					'insert into stock_movement (sku, kind, cause, delta, reason, who) values ($1, $2, $3, $4, $5, $6)',
					[sku, kind, cause, onHand - level.onHand, reason, who],
				)
				return { ...level, onHand, madeBefore: false }
			}, budget)
			changed([sku])
			return changedLevel
		},
	}
}
