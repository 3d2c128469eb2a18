import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import { lockProducts } from '../products/product-store.ts'
import { updatePrices } from '../products/written-product-store.ts'
import type { HeldPrice } from './held-price.ts'
import { isHeld } from './is-held.ts'
import type { Price } from './judge-price.ts'
import type { HeldPricesPage } from './list-held-prices.ts'
import type { DecidedPrice, HoldDecision } from './resolve-held-price.ts'
import { type DecidedHold, settleHold } from './settle-hold.ts'

const price = (currency: string, amountMinor: string) =>
	`jsonb_build_object('currency', ${currency}, 'amountMinor', ${amountMinor})`

const listHolds: Statement = {
	name: 'list-held-prices',
	text: `
		select id, sku, title, source, rule, figures, opinions, since, until, since::text as moment,
			${price('old_currency', 'old_amount_minor')} as "oldPrice",
			${price('new_currency', 'new_amount_minor')} as "newPrice",
			${price('currency', 'amount_minor')} as "currentPrice"
		from held_price join product using (sku)
		where ${isHeld} and ($1 = '' or source = $1) and ($2 = '' or sku = $2)
			and since >= coalesce($3::text::timestamptz, '-infinity')
			and ($3 is null or (since, id) > ($3::text::timestamptz, $4::uuid))
		order by since, id limit $5`,
}

const findSkuOfHold: Statement = { name: 'find-sku-of-hold', text: 'select sku from held_price where id = $1' }

const findHold: Statement = {
	name: 'find-hold',
	text: `
		select case when state = 'open' and not (${isHeld}) then 'expired' else state end as state, rule,
			${price('new_currency', 'new_amount_minor')} as "newPrice"
		from held_price where id = $1`,
}

const decideHold: Statement = {
	name: 'decide-hold',
	text: 'update held_price set state = $2, resolved_at = statement_timestamp(), resolved_by = $3 where id = $1',
}

// Under the locks of the products, as every change of a hold. A product that another transaction has locked comes later.
const expireDueHolds: Statement = {
	name: 'expire-due-holds',
	text: `
		with locked as materialized (
			select sku from product
			where sku = any(array(
				select sku from held_price where state = 'open' and until <= statement_timestamp() order by until limit $1
			))
			order by sku
			for no key update skip locked
		)
		update held_price set state = 'expired', resolved_at = statement_timestamp()
		from locked
		where held_price.sku = locked.sku and state = 'open' and until <= statement_timestamp()
		returning rule`,
}

export type HeldPriceStore = ReturnType<typeof createHeldPriceStore>

/** @param changed is called with the skus of products whose price has changed */
export function createHeldPriceStore(database: Database, changed: (skus: string[]) => void = () => {}) {
	return {
		listHolds({ source, sku, after, size }: HeldPricesPage, budget?: Budget): Promise<HeldPrice[]> {
			const position = [after?.moment ?? null, after?.id ?? null]
			return database.within(budget).query<HeldPrice>(listHolds, [source, sku, ...position, size])
		},

		/** Ends so many holds that are past their end, and returns the rule of each. */
		async expireHolds(limit: number): Promise<string[]> {
			return (await database.query<{ rule: string }>(expireDueHolds, [limit])).map(({ rule }) => rule)
		},

		/** Writes a decision under the lock of the product, as every change of a hold is written. */
		async decide({ holdId, decision, price, who }: HoldDecision, budget?: Budget): Promise<DecidedPrice> {
			const decided = await database.transaction<DecidedPrice>(async (transaction) => {
				const [found] = await transaction.query<{ sku: string }>(findSkuOfHold, [holdId])
				const [product] = found === undefined ? [] : await lockProducts(transaction, [found.sku])
				// A statement of its own sees what was committed while this transaction waited for the lock.
				const [hold] = await transaction.query<DecidedHold & { rule: string }>(findHold, [holdId])
				if (product === undefined || hold === undefined) return { kind: 'unknown' }
				const kind = settleHold(hold, { decision, price })
				if (kind === 'tooLate') return { kind, state: hold.state }
				const current: Price = { currency: product.currency, amountMinor: product.amountMinor }
				const { sku } = product
				const { rule } = hold
				if (kind === 'before') return { kind, sku, rule, currentPrice: current }
				await transaction.query(decideHold, [holdId, decision, who])
				if (decision === 'rejected') return { kind, sku, rule, currentPrice: current }
				await updatePrices(transaction, [{ sku, ...price }])
				return { kind, sku, rule, currentPrice: price }
			}, budget)
			if (decided.kind === 'now') changed([decided.sku])
			return decided
		},
	}
}
