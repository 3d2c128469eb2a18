import type { Database } from '@mercat/database/database'
import { createBudget } from '@mercat/service/budget'
import type { Product, ProductFields } from '../products/product.ts'
import { insertMissingProducts, lockProducts, updateProducts } from '../products/product-store.ts'

export type StockLevel = { sku: string; onHand: number; held: number }

/** One entry of the ledger. */
export type StockSetting = { sku: string; cause: string; delta: number }

/** What an import does within its transaction. */
export type ImportTransaction = {
	/** Inserts those that are not there yet, each sku once; gives the skus inserted. */
	insertMissingProducts(products: readonly ProductFields[]): Promise<string[]>
	lockProducts(skus: readonly string[]): Promise<Product[]>
	updateProducts(products: readonly Product[]): Promise<void>
	lockStock(skus: readonly string[]): Promise<StockLevel[]>
	setStock(levels: readonly StockLevel[], settings: readonly StockSetting[]): Promise<void>
}

// Hundreds of products with their search documents; the command waits for 30 s.
const longestImportMs = 25_000

export type ImportStore = ReturnType<typeof createImportStore>

/** @param changed is told of every product that was looked at to be changed, or its stock */
export function createImportStore(database: Database, changed: (skus: Iterable<string>) => void = () => {}) {
	return {
		async importTransaction<T>(work: (transaction: ImportTransaction) => Promise<T>): Promise<T> {
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
							return transaction.query<StockLevel>(lockStockStatement, [skus])
						},
						async setStock(levels, settings) {
							await transaction.query(setStockStatement, [JSON.stringify(levels), JSON.stringify(settings)])
						},
					}),
				createBudget(longestImportMs),
			)
			changed(touched)
			return result
		},
	}
}

// In the order that everyone locks stock in, so that nobody waits in a circle.
const lockStockStatement = {
	name: 'lock_stock_for_import',
	text: `
		select sku, on_hand as "onHand", held from stock where sku = any($1::text[])
		order by sku
		for no key update`,
}

const setStockStatement = {
	name: 'set_stock_by_import',
	text: `
		with moved as (
			insert into stock_movement (sku, kind, cause, delta, reason)
			select sku, 'set', cause, delta, 'import'
			from jsonb_to_recordset($2::jsonb) as setting (sku text, cause text, delta bigint)
		)
		update stock set on_hand = level."onHand"
		from jsonb_to_recordset($1::jsonb) as level (sku text, "onHand" bigint)
		where stock.sku = level.sku`,
}
