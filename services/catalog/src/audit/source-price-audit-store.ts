import type { Database } from '@mercat/database/database'
import { budgetForEach } from '@mercat/service/budget'

/** What the catalog has of the prices of a source, at one moment. */
export type SourcePrices = {
	/** The sequence of the latest call that applied prices; 0 when there was none. */
	sequence: number
	prices: SourcePrice[]
	/** All prices of these products that the source has had held. */
	holds: SourceHold[]
}

export type SourcePrice = {
	sku: string
	currency: string
	amountMinor: number
	/** Whether the source may set the price: the product is for sale, and its price belongs to the source. */
	isOwned: boolean
	/** When the price began, in milliseconds since 1970; null when it is older than the history. */
	beganMs: number | null
}

export type SourceHold = { sku: string; currency: string; amountMinor: number; rule: string; isOpen: boolean }

export type SourcePriceAuditStore = ReturnType<typeof createSourcePriceAuditStore>

// A statement may read a whole table.
const patience = budgetForEach(600_000)

const readPrices = `
	select
		coalesce((select sequence from price_sequence where source = $1), 0) as sequence,
		(
			select coalesce(jsonb_agg(jsonb_build_object(
				'sku', sku, 'currency', currency, 'amountMinor', amount_minor,
				'isOwned', not archived and price_source = $1, 'beganMs', extract(epoch from price_began_at) * 1000
			)), '[]') from product where sku = any($2::text[])
		) as prices,
		(
			select coalesce(jsonb_agg(distinct jsonb_build_object(
				'sku', sku, 'currency', new_currency, 'amountMinor', new_amount_minor, 'rule', rule, 'isOpen', state = 'open'
			)), '[]') from held_price where source = $1 and sku = any($2::text[])
		) as holds`

/** What the catalog has of the prices that sources send. */
export function createSourcePriceAuditStore(database: Database) {
	return {
		/** The prices and holds of some products, and the latest call of a source, in one statement. */
		async read(source: string, skus: readonly string[]): Promise<SourcePrices> {
			const [row] = await database.within(patience).query<SourcePrices>(readPrices, [source, skus])
			return row as SourcePrices
		},
	}
}
