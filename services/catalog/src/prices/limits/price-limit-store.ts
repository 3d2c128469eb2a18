import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { PriceLimits } from '../../held-prices/judge-price.ts'

const findLimits: Statement = {
	name: 'find-limits-of-product',
	text: `
		select limits.currency, floor_minor as "floorMinor", ceiling_minor as "ceilingMinor"
		from product left join price_limit as limits using (sku)
		where sku = $1`,
}

const lockLimitedProduct: Statement = {
	name: 'lock-limited-product',
	text: 'select from product where sku = $1 for no key update',
}

const setLimits: Statement = {
	name: 'set-price-limits',
	text: `
		insert into price_limit (sku, currency, floor_minor, ceiling_minor, who) values ($1, $2, $3, $4, $5)
		on conflict (sku) do update set
			currency = excluded.currency,
			floor_minor = excluded.floor_minor,
			ceiling_minor = excluded.ceiling_minor,
			who = excluded.who,
			updated_at = statement_timestamp()
		where (price_limit.currency, price_limit.floor_minor, price_limit.ceiling_minor)
			is distinct from (excluded.currency, excluded.floor_minor, excluded.ceiling_minor)`,
}

const removeLimits: Statement = { name: 'remove-price-limits', text: 'delete from price_limit where sku = $1' }

export type PriceLimitStore = ReturnType<typeof createPriceLimitStore>

export function createPriceLimitStore(database: Database) {
	return {
		/** The limits of a product, null when it has none; undefined when there is no such product. */
		async find(sku: string, budget?: Budget): Promise<PriceLimits | null | undefined> {
			type Row = Omit<PriceLimits, 'currency'> & { currency: string | null }
			const [row] = await database.within(budget).query<Row>(findLimits, [sku])
			if (row === undefined) return undefined
			const { currency, ...limits } = row
			return currency === null ? null : { currency, ...limits }
		},

		/** Replaces the limits of a product, or removes them. Tells whether there is such a product. */
		async replace(sku: string, limits: PriceLimits | null, who: string, budget?: Budget): Promise<boolean> {
			return database.transaction(async (transaction) => {
				// Once this has committed, no price that was judged by the limits before is applied any more.
				const locked = await transaction.query(lockLimitedProduct, [sku])
				if (locked.length === 0) return false
				if (limits === null) await transaction.queryAndCommit(removeLimits, [sku])
				else {
					const { currency, floorMinor, ceilingMinor } = limits
					await transaction.queryAndCommit(setLimits, [sku, currency, floorMinor, ceilingMinor, who])
				}
				return true
			}, budget)
		},
	}
}
