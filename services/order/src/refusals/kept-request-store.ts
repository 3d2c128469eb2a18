import type { Database } from '@mercat/database/database'
import { isItemsFault } from '@mercat/database/errors'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { KeptRequest, Loss } from './kept-request.ts'
import type { RefusalPageQuery } from './list-refusals.ts'

// A record or a loss that an earlier attempt has stored, of which the answer was lost, is there once.
const keepRequests: Statement = {
	name: 'keep-requests',
	text: `
		with counted as (
			insert into kept_request_loss as loss (minute, keeper, write, requests)
			select $11::timestamptz, $12::int, $13::int, $14::bigint where $11::timestamptz is not null
			on conflict (minute, keeper) do update set write = excluded.write, requests = loss.requests + excluded.requests
			where loss.write < excluded.write
		)
		insert into kept_request (at, nonce, operation, status, code, customer_id, order_id, trace_id, detail, members)
		select * from rows from (
			unnest($1::timestamptz[], $2::int[], $3::text[], $4::int[], $5::text[], $6::text[], $7::uuid[], $8::uuid[], $9::text[]),
			jsonb_array_elements($10::jsonb)
		) as noted
		on conflict do nothing`,
}

// All records up to one time go, so that the statement reads no record that stays. A record that goes before its day is over
// counts as lost.
const pruneRequests: Statement = {
	name: 'prune-requests',
	text: `
		with limits as materialized (
			select cutoff, greatest(cutoff, (select at from kept_request order by at desc, nonce desc offset $2 limit 1)) as last
			from (select statement_timestamp() - $1 * interval '1 ms' as cutoff) as day
		), gone as materialized (
			select at, nonce from kept_request where at <= (select last from limits) order by at, nonce limit $3
		), deleted as (
			delete from kept_request using gone
			where kept_request.at = gone.at and kept_request.nonce = gone.nonce
			returning gone.at
		), counted as (
			insert into kept_request_loss (minute, keeper, write, requests)
			select date_trunc('minute', statement_timestamp()), 0, 0, count(*) from deleted, limits
			where deleted.at > cutoff having count(*) > 0
			on conflict (minute, keeper) do update set requests = kept_request_loss.requests + excluded.requests
		), forgotten as (
			delete from kept_request_loss where minute < (select cutoff from limits)
		)
		select count(*) as pruned from deleted`,
}

const countLost: Statement = {
	name: 'count-lost-requests',
	text: `
		select coalesce(sum(requests), 0)::float8 as requests from kept_request_loss
		where minute >= statement_timestamp() - $1 * interval '1 ms'`,
}

const columns = `at, nonce, operation, status, code, customer_id as "customerId", order_id as "orderId",
	replace(trace_id::text, '-', '') as "traceId", detail, members`

// Anybody may send requests to change an order. They must not hide the ones to place it.
const findOfOrder: Statement = {
	name: 'find-kept-requests-of-order',
	text: `
		(select ${columns} from kept_request where order_id = $1 and operation = 'place' order by at desc, nonce desc limit $2)
		union all
		(select ${columns} from kept_request where order_id = $1 and operation <> 'place' order by at desc, nonce desc limit $2)
		order by at desc, nonce desc`,
}

const countOrderless: Statement = {
	name: 'count-kept-requests-without-order',
	text: `
		select count(*)::int as requests from (
			select from kept_request where order_id is null and operation = 'place'
				and at >= statement_timestamp() - $1 * interval '1 ms' limit $2
		) as orderless`,
}

const findOfTrace: Statement = {
	name: 'find-kept-requests-of-trace',
	text: `select ${columns} from kept_request where trace_id = $1::uuid order by at desc, nonce desc limit $2`,
}

type Row = Omit<KeptRequest, 'at'> & { at: Date }

const toKeptRequest = ({ at, ...row }: Row): KeptRequest => ({ at: at.toISOString(), ...row })

export function createKeptRequestStore(database: Database) {
	return {
		/**
		 * Stores records, and that more are lost, each once. Returns whether they are stored: false when a value of a record does
		 * not fit, so that another attempt would fail as well.
		 */
		async keep(records: KeptRequest[], loss?: Loss, budget?: Budget): Promise<boolean> {
			try {
				await database
					.within(budget)
					.query(keepRequests, [
						records.map(({ at }) => at),
						records.map(({ nonce }) => nonce),
						records.map(({ operation }) => operation),
						records.map(({ status }) => status),
						records.map(({ code }) => code),
						records.map(({ customerId }) => customerId),
						records.map(({ orderId }) => orderId),
						records.map(({ traceId }) => traceId),
						records.map(({ detail }) => detail),
						JSON.stringify(records.map(({ members }) => members)),
						loss?.minute ?? null,
						loss?.keeper ?? null,
						loss?.write ?? null,
						loss?.requests ?? null,
					])
				return true
			} catch (error) {
				if (isItemsFault(error)) return false
				throw error
			}
		},

		/** Deletes up to `limit` records that are older than `keptMs` or are not among the newest `mostKept`. Returns how many. */
		async prune(keptMs: number, mostKept: number, limit: number): Promise<number> {
			const [row] = await database.query<{ pruned: number }>(pruneRequests, [keptMs, mostKept, limit])
			return row?.pruned ?? 0
		},

		/** How many requests of the last `keptMs` are not kept. */
		async countLost(keptMs: number, budget?: Budget): Promise<number> {
			const [row] = await database.within(budget).query<{ requests: number }>(countLost, [keptMs])
			return row?.requests ?? 0
		},

		/** How many requests to place an order of the last `keptMs` are kept without their order. Counts up to `most`. */
		async countOrderless(keptMs: number, most: number, budget?: Budget): Promise<number> {
			const [row] = await database.within(budget).query<{ requests: number }>(countOrderless, [keptMs, most])
			return row?.requests ?? 0
		},

		/** The newest records of an order, the newest first: up to `limit` to place it and up to `limit` to change it. */
		async findOfOrder(orderId: string, limit: number, budget?: Budget): Promise<KeptRequest[]> {
			return (await database.within(budget).query<Row>(findOfOrder, [orderId, limit])).map(toKeptRequest)
		},

		/** The newest records of a trace, the newest first. */
		async findOfTrace(traceId: string, limit: number, budget?: Budget): Promise<KeptRequest[]> {
			return (await database.within(budget).query<Row>(findOfTrace, [traceId, limit])).map(toKeptRequest)
		},

		/** A page of refusals, the newest first. */
		async listRefusals(query: RefusalPageQuery, budget?: Budget): Promise<KeptRequest[]> {
			const { code, customerId, traceId, orderId, after, pageSize } = query
			const conditions = ['code is not null']
			const values: unknown[] = []
			const place = (value: unknown) => `$${values.push(value)}`
			if (code !== undefined) conditions.push(`code = ${place(code)}`)
			if (customerId !== undefined) conditions.push(`customer_id = ${place(customerId)}`)
			if (traceId !== undefined) conditions.push(`trace_id = ${place(traceId)}::uuid`)
			if (orderId !== undefined) conditions.push(`order_id = ${place(orderId)}`)
			if (after !== undefined) {
				conditions.push(`(at, nonce) < (${place(after.at)}::timestamptz, ${place(after.nonce)}::int)`)
			}
			const text = `select ${columns} from kept_request where ${conditions.join(' and ')}
				order by at desc, nonce desc limit ${place(pageSize)}`
			return (await database.within(budget).query<Row>({ summary: 'list-refusals', text }, values)).map(toKeptRequest)
		},
	}
}
