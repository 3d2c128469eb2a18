import { randomUUID } from 'node:crypto'
import type { Database } from '@mercat/database/database'
import type { Queryable, Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { RetireAction, Retirement } from './retire-products.ts'
import { enterFeedRun } from './run-lease-store.ts'

const listSourceSkus: Statement = {
	name: 'list-source-skus',
	text: `
		select sku from product
		where content_source = $1 and content_source <> '' and sku > $2 and not archived
		order by sku limit $3`,
}

const lockOwnProducts: Statement = {
	name: 'lock-own-products',
	text: `
		select sku from product
		where sku = any($1::text[]) and content_source = $2 and not archived
		order by sku
		for no key update`,
}

const archiveMissing: Statement = {
	name: 'archive-missing-products',
	text: `
		update product set archived = true, archived_by = $2, version = version + 1, updated_at = statement_timestamp()
		where sku = any($1::text[])
		returning sku`,
}

const lockOwnStock: Statement = {
	name: 'lock-own-stock',
	text: `
		select stock.sku
		from stock join product using (sku)
		where stock.sku = any($1::text[]) and quantity_source = $2 and on_hand > held
		order by stock.sku
		for no key update of stock`,
}

const sellOut: Statement = {
	name: 'sell-out-missing-products',
	text: `
		with before as (
			select sku, on_hand, held from stock where sku = any($1::text[])
		), moved as (
			insert into stock_movement (sku, kind, cause, delta, reason, who)
			select sku, 'set', $2, held - on_hand, $3, $4 from before
		)
		update stock set on_hand = stock.held from before where stock.sku = before.sku
		returning stock.sku`,
}

export type RetireStore = ReturnType<typeof createRetireStore>

/** @param changed is called with the skus of products that have changed, or their stock */
export function createRetireStore(database: Database, changed: (skus: Iterable<string>) => void = () => {}) {
	return {
		async listSourceSkus(source: string, after: string, size: number, budget?: Budget): Promise<string[]> {
			return skusOf(await database.within(budget).query<SkuRow>(listSourceSkus, [source, after, size]))
		},

		/** Retires the active products among these whose content belongs to the feed. */
		async retire(retirement: Retirement, budget?: Budget): Promise<Set<string> | undefined> {
			const { feed, runNumber, skus, action } = retirement
			const retired = await database.transaction(async (transaction) => {
				if ((await enterFeedRun(transaction, feed, runNumber)) === undefined) return undefined
				const own = skusOf(await transaction.query<SkuRow>(lockOwnProducts, [skus, feed]))
				return new Set(own.length === 0 ? [] : await actions[action](transaction, own, retirement))
			}, budget)
			if (retired !== undefined) changed(retired)
			return retired
		},
	}
}

type SkuRow = { sku: string }

/** Takes locked products from sale, and returns the skus that this has changed. */
type Act = (transaction: Queryable, skus: string[], retirement: Retirement) => Promise<string[]>

const actions: Record<RetireAction, Act> = {
	async archive(transaction, skus, { feed }) {
		return skusOf(await transaction.query<SkuRow>(archiveMissing, [skus, feed]))
	},
	async soldOut(transaction, skus, { feed, who }) {
		const locked = skusOf(await transaction.query<SkuRow>(lockOwnStock, [skus, feed]))
		if (locked.length === 0) return []
		// A statement of its own sees what orders have held while this transaction waited for the locks.
		const values = [locked, randomUUID(), `feed ${feed}: missing`, who]
		return skusOf(await transaction.query<SkuRow>(sellOut, values))
	},
}

function skusOf(rows: readonly SkuRow[]): string[] {
	return rows.map(({ sku }) => sku)
}
