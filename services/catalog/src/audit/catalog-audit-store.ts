import type { Database } from '@mercat/database/database'
import { budgetForEach } from '@mercat/service/budget'
import type { ReservationState, ReservedLine } from '../reservations/reservation.ts'

/** A row that breaks an invariant, and how it breaks it. */
export type Breach = { subject: string; finding: string }

/** A reservation as the audit reads it. */
export type ReservationFacts = {
	orderId: string
	state: ReservationState
	lines: ReservedLine[]
	currency: string | null
}

export type CatalogAuditStore = ReturnType<typeof createCatalogAuditStore>

/** A table that only a migrated catalog database has. */
export const catalogTable = 'reservation'

// A statement may read a whole table.
const patience = budgetForEach(600_000)

const guards = ['stock_on_hand_range', 'stock_held_not_negative', 'stock_never_oversold']
const ledgerKey = 'stock_movement_pkey'

export function createCatalogAuditStore(database: Database) {
	const breaches = (text: string, values: unknown[] = []) => database.within(patience).query<Breach>(text, values)

	// A constraint that was dropped, or that was never validated for older rows.
	const missingConstraints = (names: string[]) =>
		breaches(
			`select name as subject, 'the constraint is missing' as finding from unnest($1::text[]) as name
			where not exists (select from pg_constraint where conname = name and convalidated)`,
			[names],
		)

	return {
		async stockBreaches(): Promise<Breach[]> {
			return [
				...(await missingConstraints(guards)),
				...(await breaches(`
					select sku as subject,
						format('on hand %s, held %s, held by reservations %s', coalesce(on_hand, 0), coalesce(held, 0), coalesce(reserved, 0)) as finding
					from stock full join (
						select line.sku, sum(line.quantity) as reserved
						from reservation, jsonb_to_recordset(lines) as line (sku text, quantity bigint)
						where state = 'held' group by line.sku
					) as holds using (sku)
					where held < 0 or on_hand < held or coalesce(held, 0) <> coalesce(reserved, 0)
					order by sku`)),
			]
		},

		async ledgerBreaches(): Promise<Breach[]> {
			return [
				...(await missingConstraints([ledgerKey])),
				...(await breaches(`
					select sku as subject, format('on hand %s, the ledger adds up to %s', on_hand, coalesce(ledger, 0)) as finding
					from stock left join (select sku, sum(delta) as ledger from stock_movement group by sku) as movements using (sku)
					where on_hand <> coalesce(ledger, 0)
					order by sku`)),
				...(await breaches(`
					select sku as subject, format('%s %s has %s effects', kind, cause, count(*)) as finding
					from stock_movement group by sku, kind, cause having count(*) > 1`)),
				...(await breaches(`
					with due as (
						select order_id::text as cause, line.sku,
							case state when 'committed' then -line.quantity else 0 end as delta
						from reservation, jsonb_to_recordset(lines) as line (sku text, quantity bigint)
					), moved as (
						select cause, sku, sum(delta) as delta from stock_movement where kind in ('commit', 'return') group by cause, sku
					)
					select cause as subject, format('sold %s of %s by the ledger, %s by its reservation', -coalesce(moved.delta, 0), sku, -coalesce(due.delta, 0)) as finding
					from due full join moved using (cause, sku)
					where coalesce(due.delta, 0) <> coalesce(moved.delta, 0)`)),
			]
		},

		async reservations(orderIds: string[]): Promise<Map<string, ReservationFacts>> {
			const rows = await database.query<ReservationFacts>(
				`select order_id as "orderId", state, lines, currency from reservation where order_id = any($1::uuid[])`,
				[orderIds],
			)
			return new Map(rows.map((row) => [row.orderId, row]))
		},

		/** One page of the orders whose reservations are committed, by id. */
		async committedAfter(orderId: string | null, limit: number): Promise<string[]> {
			const rows = await database.within(patience).query<{ orderId: string }>(
				`select order_id as "orderId" from reservation
						where state = 'committed' and ($1::uuid is null or order_id > $1) order by order_id limit $2`,
				[orderId, limit],
			)
			return rows.map((row) => row.orderId)
		},
	}
}
