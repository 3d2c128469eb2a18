import type { Queryable, Statement } from '@mercat/database/queryable'
import type { Hold, HoldFacts, HoldWrites, Rejection } from './hold-book.ts'
import type { HoldRule, Price } from './judge-price.ts'

type HoldRow = {
	id: string
	sku: string
	source: string
	rule: HoldRule
	figures: Record<string, number>
	isOpen: boolean
	oldPrice: Price
	newPrice: Price
	opinions: Record<string, Price>
}

const holdFacts = `
	select id, sku, source, rule, figures, opinions, state = 'open' as "isOpen",
		jsonb_build_object('currency', old_currency, 'amountMinor', old_amount_minor) as "oldPrice",
		jsonb_build_object('currency', new_currency, 'amountMinor', new_amount_minor) as "newPrice"
	from held_price
	where sku = any($1::text[])`

// Each part has an index of its own.
const findHoldFacts: Statement = {
	name: 'find-hold-facts',
	text: `
		${holdFacts} and state = 'open'
		union all
		${holdFacts} and state = 'rejected' and lapsed_at is null and source = $2`,
}

/** What an import of the source must know about holds. Holds change only under the locks of their products. */
export async function readHolds(queryable: Queryable, skus: readonly string[], source: string): Promise<HoldFacts> {
	const rows = await queryable.query<HoldRow>(findHoldFacts, [skus, source])
	return {
		holds: rows.filter(({ isOpen }) => isOpen),
		rejections: rows.filter(({ isOpen }) => !isOpen).map(toRejection),
	}
}

function toRejection({ id, sku, source, newPrice }: Hold): Rejection {
	return { id, sku, source, price: newPrice }
}

const withdrawHolds: Statement = {
	name: 'withdraw-holds',
	text: `
		update held_price set state = 'withdrawn', resolved_at = statement_timestamp()
		where id = any($1::uuid[]) and state = 'open'`,
}

const lapseRejections: Statement = {
	name: 'lapse-rejections',
	text: 'update held_price set lapsed_at = statement_timestamp() where id = any($1::uuid[]) and lapsed_at is null',
}

const holdPrices: Statement = {
	name: 'hold-prices',
	text: `
		insert into held_price (
			id, sku, source, rule, figures, old_currency, old_amount_minor, new_currency, new_amount_minor
		)
		select
			id, sku, source, rule, figures, "oldPrice" ->> 'currency', ("oldPrice" ->> 'amountMinor')::bigint,
			"newPrice" ->> 'currency', ("newPrice" ->> 'amountMinor')::bigint
		from jsonb_to_recordset($1::jsonb) as given (
			id uuid, sku text, source text, rule text, figures jsonb, "oldPrice" jsonb, "newPrice" jsonb
		)
		on conflict (id) do update set
			rule = excluded.rule,
			figures = excluded.figures,
			old_currency = excluded.old_currency,
			old_amount_minor = excluded.old_amount_minor,
			new_currency = excluded.new_currency,
			new_amount_minor = excluded.new_amount_minor,
			since = statement_timestamp()`,
}

const addOpinions: Statement = {
	name: 'add-price-opinions',
	text: `
		update held_price set opinions = opinions || jsonb_build_object(
			given.source, given.price || jsonb_build_object('at', statement_timestamp())
		)
		from jsonb_to_recordset($1::jsonb) as given (id uuid, source text, price jsonb)
		where held_price.id = given.id and state = 'open'`,
}

/** Writes what a hold book asks for. The transaction has locked the products of the holds. */
export async function writeHolds(
	transaction: Queryable,
	{ held, withdrawn, opinions, lapsed }: HoldWrites,
): Promise<void> {
	// A product has one open hold, so the old one ends before the new one begins.
	if (withdrawn.length > 0) await transaction.query(withdrawHolds, [idsOf(withdrawn)])
	if (lapsed.length > 0) await transaction.query(lapseRejections, [idsOf(lapsed)])
	if (held.length > 0) await transaction.query(holdPrices, [JSON.stringify(held)])
	if (opinions.length > 0) await transaction.query(addOpinions, [JSON.stringify(opinions)])
}

function idsOf(rows: readonly { id: string }[]): string[] {
	return rows.map(({ id }) => id)
}
