import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import { budgetForEach } from '@mercat/service/budget'
import type { TraceContext } from '@mercat/service/tracing'
import { insertMissingProducts, lockProducts, updateProducts } from '../products/product-store.ts'
import type { StockLevel } from '../stock/stock-level.ts'
import type { ImportTransaction } from './import-products.ts'

// A statement writes hundreds of products with their search documents.
const longestStatementMs = 15_000

export type ImportStore = ReturnType<typeof createImportStore>

/** @param changed is called with the skus of products that may have changed, or their stock */
export function createImportStore(database: Database, changed: (skus: Iterable<string>) => void = () => {}) {
	return {
		async importTransaction<T>(work: (transaction: ImportTransaction) => Promise<T>, trace?: TraceContext): Promise<T> {
			const touched = new Set<string>()
			const touch = (skus: readonly string[]) => {
				for (const sku of skus) touched.add(sku)
			}
			const result = await database.transaction(
				(transaction) =>
					work({
						insertMissingProducts: (products) => insertMissingProducts(transaction, products),
						lockProducts(skus) {
							touch(skus)
							return lockProducts(transaction, skus)
						},
						updateProducts: (products) => updateProducts(transaction, products),
						lockStock(skus) {
							touch(skus)
							return transaction.query<StockLevel>(lockStockForImport, [skus])
						},
						async setStock(levels, settings, who) {
							await transaction.query(setStockByImport, [JSON.stringify(levels), JSON.stringify(settings), who])
						},
					}),
				budgetForEach(longestStatementMs, trace),
			)
			changed(touched)
			return result
		},
	}
}

// Every transaction locks stock in the order of skus. So no two of them deadlock.
const lockStockForImport: Statement = {
	name: 'lock-stock-for-import',
	text: `
		select sku, on_hand as "onHand", held from stock where sku = any($1::text[])
		order by sku
		for no key update`,
}

const setStockByImport: Statement = {
	name: 'set-stock-by-import',
	text: `
		with moved as (
			insert into stock_movement (sku, kind, cause, delta, reason, who)
			select sku, 'set', cause, delta, 'import', $3::text
			from jsonb_to_recordset($2::jsonb) as setting (sku text, cause text, delta bigint)
		)
		update stock set on_hand = level."onHand"
		from jsonb_to_recordset($1::jsonb) as level (sku text, "onHand" bigint)
		where stock.sku = level.sku`,
}
