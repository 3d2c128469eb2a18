import type { Queryable, Statement } from '@mercat/database/queryable'
import type { HoldChange, KnownHold } from './price-judge.ts'

const knownHolds = `
	select id, sku, source, rule, figures, opinions, state,
		jsonb_build_object('currency', old_currency, 'amountMinor', old_amount_minor) as "oldPrice",
		jsonb_build_object('currency', new_currency, 'amountMinor', new_amount_minor) as "newPrice"
	from held_price
	where sku = any($1::text[])`

// Each part has an index of its own.
const findKnownHolds: Statement = {
	name: 'find-known-holds',
	text: `
		${knownHolds} and state = 'open'
		union all
		${knownHolds} and state = 'rejected' and lapsed_at is null and source = $2`,
}

/**
 * The open holds of the products, and the prices of the source that were rejected for them and are in force. Holds change
 * only under the locks of their products. Empty for the shop itself, whose prices are never held.
 */
export async function readHolds(queryable: Queryable, skus: readonly string[], source: string): Promise<KnownHold[]> {
	return source === '' ? [] : queryable.query<KnownHold>(findKnownHolds, [skus, source])
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

/** Writes the changes that a judge asks for. The transaction has locked the products of the holds. */
export async function writeHolds(transaction: Queryable, changes: readonly HoldChange[]): Promise<void> {
	const of = <Kind extends HoldChange['kind']>(kind: Kind) =>
		changes.filter((change): change is Extract<HoldChange, { kind: Kind }> => change.kind === kind)
	const [withdrawn, lapsed, held, opinions] = [of('withdraw'), of('lapse'), of('hold'), of('opinion')]
	// A product has one open hold, so the old one ends before the new one begins.
	if (withdrawn.length > 0) await transaction.query(withdrawHolds, [withdrawn.map(({ hold }) => hold.id)])
	if (lapsed.length > 0) await transaction.query(lapseRejections, [lapsed.map(({ id }) => id)])
	if (held.length > 0) await transaction.query(holdPrices, [JSON.stringify(held.map(({ hold }) => hold))])
	if (opinions.length > 0) await transaction.query(addOpinions, [JSON.stringify(opinions)])
}
