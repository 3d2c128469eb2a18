import type { Queryable, Statement } from '@mercat/database/queryable'
import type { Hold, HoldFacts, HoldWrites, Rejection } from './hold-book.ts'
import { isHeld } from './is-held.ts'

type HoldRow = Hold & { state: 'open' | 'expired' | 'rejected' }

const holdFacts = `
	select id, sku, source, rule, figures, until, opinions,
		case when state = 'open' and not (${isHeld}) then 'expired' else state end as state,
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

const findPriceLimits: Statement = {
	name: 'find-price-limits',
	text: `
		select sku, currency, floor_minor as "floorMinor", ceiling_minor as "ceilingMinor"
		from price_limit where sku = any($1::text[])`,
}

/**
 * What the prices of the source are judged by. Holds and limits change only under the locks of their products. The two
 * statements are sent together.
 */
export async function readHoldFacts(queryable: Queryable, skus: readonly string[], source: string): Promise<HoldFacts> {
	const [rows, limits] = await Promise.all([
		queryable.query<HoldRow>(findHoldFacts, [skus, source]),
		queryable.query<HoldFacts['limits'][number]>(findPriceLimits, [skus]),
	])
	const inState = (wanted: HoldRow['state']) => rows.filter(({ state }) => state === wanted)
	return {
		holds: inState('open'),
		expired: inState('expired'),
		rejections: inState('rejected').map(toRejection),
		limits,
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

const expireHolds: Statement = {
	name: 'expire-holds',
	text: `
		update held_price set state = 'expired', resolved_at = statement_timestamp()
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
			id, sku, source, rule, figures, until, old_currency, old_amount_minor, new_currency, new_amount_minor
		)
		select
			id, sku, source, rule, figures, until, "oldPrice" ->> 'currency', ("oldPrice" ->> 'amountMinor')::bigint,
			"newPrice" ->> 'currency', ("newPrice" ->> 'amountMinor')::bigint
		from jsonb_to_recordset($1::jsonb) as given (
			id uuid, sku text, source text, rule text, figures jsonb, until timestamptz, "oldPrice" jsonb, "newPrice" jsonb
		)
		on conflict (id) do update set
			rule = excluded.rule,
			figures = excluded.figures,
			until = excluded.until,
			old_currency = excluded.old_currency,
			old_amount_minor = excluded.old_amount_minor,
			new_currency = excluded.new_currency,
			new_amount_minor = excluded.new_amount_minor,
			since = statement_timestamp()`,
}

const renewHolds: Statement = {
	name: 'renew-holds',
	text: `
		update held_price set figures = given.figures, until = given.until
		from jsonb_to_recordset($1::jsonb) as given (id uuid, figures jsonb, until timestamptz)
		where held_price.id = given.id and state = 'open'`,
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

/**
 * Writes what a hold book asks for. The transaction has locked the products of the holds. The statements are sent together,
 * before this returns.
 */
export async function writeHolds(
	transaction: Queryable,
	{ held, renewed, withdrawn, expired, opinions, lapsed }: HoldWrites,
): Promise<void> {
	const writes: [statement: Statement, value: unknown][] = []
	// A product has one open hold, so the old one ends before the new one begins.
	if (expired.length > 0) writes.push([expireHolds, idsOf(expired)])
	if (withdrawn.length > 0) writes.push([withdrawHolds, idsOf(withdrawn)])
	if (lapsed.length > 0) writes.push([lapseRejections, idsOf(lapsed)])
	if (held.length > 0) writes.push([holdPrices, JSON.stringify(held)])
	if (renewed.length > 0) writes.push([renewHolds, JSON.stringify(renewed)])
	if (opinions.length > 0) writes.push([addOpinions, JSON.stringify(opinions)])
	await Promise.all(writes.map(([statement, value]) => transaction.query(statement, [value])))
}

function idsOf(rows: readonly { id: string }[]): string[] {
	return rows.map(({ id }) => id)
}
