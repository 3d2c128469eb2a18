import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import { budgetForEach } from '@mercat/service/budget'
import type { TraceContext } from '@mercat/service/tracing'
import type { StoredRound } from './read-start.ts'
import type { CallPrices, NewRound } from './round.ts'

/** Names a source and the process that follows it. */
export type SourceHold = { source: string; owner: string }

// A source may send the prices of hundreds of thousands of products at once.
const statementMs = 30_000

const findRound: Statement = {
	name: 'find-apply-round',
	text: `
		select
			first_sequence as "firstSequence", upto_block as "uptoBlock", calls,
			greatest(0, extract(epoch from clock_timestamp() - stored_at) * 1000)::float8 as "ageMs"
		from apply_round where source = $1`,
}

// The time in milliseconds is above every sequence that the source can have had, also when this database was put back to an earlier
// state: then the catalog would take new prices for old ones that it has.
const storeRound: Statement = {
	name: 'store-apply-round',
	text: `
		with owned as (
			update source set apply_sequence =
				greatest(apply_sequence, $5, (extract(epoch from clock_timestamp()) * 1000)::bigint) + $4
			where name = $1 and owner = $2::uuid and apply_sequence = $3 and block >= $6
			returning apply_sequence
		), stored as (
			insert into apply_round (source, first_sequence, upto_block, calls)
			select $1, apply_sequence - $4 + 1, $6, $7 from owned
			on conflict (source) do update set
				first_sequence = excluded.first_sequence, upto_block = excluded.upto_block,
				calls = excluded.calls, stored_at = excluded.stored_at
			returning first_sequence
		)
		select
			(select first_sequence from stored) as "stored",
			owner = $2::uuid and block >= $6 as "mayStore", apply_sequence = $3 as "isPrevious",
			case when upto_block = $6 and calls = $7 then first_sequence end as "storedBefore"
		from source left join apply_round on apply_round.source = name
		where name = $1`,
}

type StoreRow = { stored: number | null; mayStore: boolean | null; isPrevious: boolean; storedBefore: number | null }

/** The rounds of one source, while one process owns it. */
export function createRoundStore(database: Pick<Database, 'within'>, { source, owner }: SourceHold) {
	const queryable = (trace?: TraceContext) => database.within(budgetForEach(statementMs, trace))
	return {
		/** The round that was stored last, by whichever process. */
		async findRound(): Promise<StoredRound | undefined> {
			const [row] = await queryable().query<Omit<StoredRound, 'calls'> & { calls: string }>(findRound, [source])
			return row && { ...row, calls: readCalls(row.calls) }
		},

		/**
		 * Stores a round in place of the one before, and gives it its sequences. The same call again stores nothing if the first
		 * one did.
		 *
		 * @returns the first sequence; undefined when another process owns the source, or when the database has lost blocks of
		 * the round or the round before, as in a failover
		 */
		async storeRound({ calls, uptoBlock, previousSequence, above, trace }: NewRound): Promise<number | undefined> {
			const values = [source, owner, previousSequence, calls.length, above, uptoBlock, writeCalls(calls)]
			const [row] = await queryable(trace).query<StoreRow>(storeRound, values)
			if (row?.stored) return row.stored
			if (!row?.mayStore) return undefined
			if (row.isPrevious) throw new Error(`the source ${source} was changed while a round was stored`)
			// An earlier attempt has stored this very round although its answer was lost.
			return row.storedBefore ?? undefined
		},
	}
}

type PriceTuple = [sku: string, currency: string, amountMinor: number, rule?: string, figures?: Record<string, number>]

function writeCalls(calls: readonly CallPrices[]): string {
	return JSON.stringify(
		calls.map((prices) =>
			prices.map(
				({ sku, currency, amountMinor, hold }): PriceTuple =>
					hold === undefined ? [sku, currency, amountMinor] : [sku, currency, amountMinor, hold.rule, hold.figures],
			),
		),
	)
}

function readCalls(text: string): CallPrices[] {
	return (JSON.parse(text) as PriceTuple[][]).map((prices) =>
		prices.map(([sku, currency, amountMinor, rule, figures = {}]) => ({
			sku,
			currency,
			amountMinor,
			...(rule !== undefined && { hold: { rule, figures } }),
		})),
	)
}
