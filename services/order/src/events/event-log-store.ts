import type { Database, Reads } from '@mercat/database/database'
import type { Queryable, Statement } from '@mercat/database/queryable'
import type { Assignment } from '@mercat/event-log/assignment'
import type { LogEnds, LogPart } from '@mercat/event-log/log-part'
import type { Budget } from '@mercat/service/budget'
import { type OrderRow, toOrder } from '../order/order-row.ts'
import { toLoggedEvent } from './event.ts'
import { type LoggedEvent, type LogQuery, statementsInRun } from './logged-event.ts'

// The lock of the only row of `event_log` makes one writer of all processes. Another writer finds the row locked and does
// nothing. A transition that waited for the lock of its order has a larger id in the inbox than the transition before it,
// and a snapshot that shows the later one shows the earlier one. So the order of ids keeps the order of versions. A
// transition that is there twice, as after a restore of data into a migrated database, is dropped.
const assignPositions: Statement = {
	name: 'assign-positions',
	text: `
		with log as materialized (
			select last_position from event_log where exists (select from event_inbox) for update skip locked
		), due as materialized (
			select id from event_inbox where exists (select from log) order by id limit $1
		), taken as (
			delete from event_inbox using due where event_inbox.id = due.id
			returning event_inbox.id, order_ids, version, status, happened_at
		), numbered as (
			select last_position + row_number() over (order by id, place) as position, order_id, version, status, happened_at
			from log, (
				select distinct on (order_id, version) id, place, order_id, version, status, happened_at
				from taken cross join unnest(order_ids) with ordinality as member (order_id, place)
				where not exists (
					select from event where event.order_id = member.order_id and event.version = taken.version
				)
				order by order_id, version, id
			) as fresh
		), written as (
			insert into event (position, order_id, version, status)
			select position, order_id, version, status from numbered order by position
		), counted as (
			select count(*) as events, max(position) as last_position, min(happened_at) as oldest from numbered
		), moved as (
			update event_log set last_position = counted.last_position from counted where counted.events > 0
		)
		select events, coalesce(counted.last_position, (select last_position from event_log)) as "lastPosition",
			coalesce(extract(epoch from clock_timestamp() - oldest), 0)::float8 as "delayS",
			(select count(*) from due) as "inboxRows",
			coalesce((
				select extract(epoch from clock_timestamp() - happened_at) from event_inbox
				where not exists (select from log) order by id limit 1
			), 0)::float8 as "waitingS"
		from counted`,
}

// Waits for the writer of this moment, whose statement may have begun before the last transition was committed.
const lockLog: Statement = { name: 'lock-log-of-events', text: 'select from event_log for update' }

/** The first position that is left, in a statement that reads `event_log`. It is after the last one when no event is left. */
export const firstPosition = 'coalesce((select min(event.position) from event), last_position + 1)'

const findEnds: Statement = {
	name: 'find-ends-of-log',
	text: `
		select ${firstPosition} as first, last_position as last
		from event_log`,
}

const readBlock: Statement = {
	name: 'read-block-of-events',
	text: `
		select position, event.version as event_version, orders.*
		from event join orders on orders.id = event.order_id
		where position > $1 and position <= $2
		order by position`,
}

// It reads a bounded part of the log, whatever the filter finds there. The part is put in order before the join: a plan from
// when the table was small would read every order of the part to sort them, 15 ms in place of 2.
const readPage: Statement = {
	name: 'read-page-of-events',
	text: `
		select position, event_version, orders.*
		from (
			select position, order_id, version as event_version, status as event_status
			from event where position > $1 and position <= $2 order by position
		) as part join orders on orders.id = order_id
		where ($3::text[] is null or event_status = any($3::text[])) and ($4::text is null or customer_id = $4)
		order by position limit $5`,
}

const readPageOfOrder: Statement = {
	name: 'read-page-of-events-of-order',
	text: `
		select position, event.version as event_version, orders.*
		from event join orders on orders.id = event.order_id
		where event.order_id = $1 and position > $2
			and ($3::text[] is null or event.status = any($3::text[])) and ($4::text is null or customer_id = $4)
		order by event.version limit $5`,
}

// Events are deleted from the beginning on, up to the first one that is kept, so that the log gets no hole when a clock was
// wrong for a while. Mostly the first event is to be kept, and then the statement reads no other.
const pruneEvents: Statement = {
	name: 'prune-events',
	text: `
		with limits as materialized (
			select statement_timestamp() - $1 * interval '1 ms' as cutoff
		), oldest as materialized (
			select position, logged_at from event
			where (select logged_at from event order by position limit 1) < (select cutoff from limits)
			order by position limit $2
		), pruned as (
			delete from event using oldest
			where event.position = oldest.position and oldest.position < coalesce(
				(select min(position) from oldest where logged_at >= (select cutoff from limits)), 9223372036854775807
			)
			returning event.logged_at
		), noted as (
			update event_log set pruned_before = greatest(pruned_before, latest + interval '1 ms')
			from (select max(logged_at) as latest from pruned) as last where latest is not null
		)
		select count(*) as pruned from pruned`,
}

// A filter reads at most this many events for a page.
const longestScan = 10_000

type EventRow = OrderRow & { position: number; event_version: number }

const toEvent = (row: EventRow): LoggedEvent => toLoggedEvent(row.position, row.event_version, toOrder(row))

const typeForm = /^mercat\.order\.(\w+)\.v1$/

type AssignmentRow = Omit<Assignment, 'isMore'> & { inboxRows: number }

/**
 * Gives positions to all transitions that are committed. No later one gets a position before the transaction ends, so what it
 * does next has a clear place in the log.
 */
export async function assignAllPositions(transaction: Queryable): Promise<void> {
	await transaction.query(lockLog)
	let inboxRows = statementsInRun
	while (inboxRows === statementsInRun) {
		const [row] = await transaction.query<{ inboxRows: number }>(assignPositions, [statementsInRun])
		inboxRows = row?.inboxRows ?? 0
	}
}

/** @param reads answers the pages of events */
export function createEventLogStore(database: Database, reads: Pick<Reads, 'within'> = database) {
	return {
		/**
		 * Gives positions to committed transitions: those of up to `limit` statements. Gives none while another process does
		 * this.
		 */
		async assignPositions(limit: number): Promise<Assignment> {
			const [row] = await database.query<AssignmentRow>(assignPositions, [limit])
			if (row === undefined) throw new Error('the log of events has no row')
			const { inboxRows, ...assignment } = row
			return { ...assignment, isMore: inboxRows === limit }
		},

		async ends(budget?: Budget): Promise<LogEnds> {
			const [row] = await database.within(budget).query<LogEnds>(findEnds)
			if (row === undefined) throw new Error('the log of events has no row')
			return row
		},

		/** All events after one position up to another. */
		async readBlock(after: number, upTo: number): Promise<LoggedEvent[]> {
			return (await database.query<EventRow>(readBlock, [after, upTo])).map(toEvent)
		},

		/** The first events after a position that fit the filter. A part that reaches the end of the log reads to `last`. */
		async readPage({ after, filter, limit }: LogQuery, last: number, budget?: Budget): Promise<LogPart<LoggedEvent>> {
			const { orderId, customerId = null, types } = filter
			const statuses = types?.map((type) => typeForm.exec(type)?.[1] ?? '') ?? null
			const isOfOrder = orderId !== undefined
			const scannedTo = isOfOrder ? last : Math.min(after + longestScan, last)
			const query = reads.within(budget).query<EventRow>
			const rows = await (isOfOrder
				? query(readPageOfOrder, [orderId, after, statuses, customerId, limit])
				: query(readPage, [after, scannedTo, statuses, customerId, limit]))
			const events = rows.map(toEvent)
			const latest = events.at(-1)?.position ?? after
			// The events of an order may have come after `last` was read.
			const readTo = events.length === limit ? latest : Math.max(latest, scannedTo)
			return { events, readTo }
		},

		/** Deletes up to `limit` events that got their positions more than `retentionMs` ago. Returns how many. */
		async prune(retentionMs: number, limit: number): Promise<number> {
			const [row] = await database.query<{ pruned: number }>(pruneEvents, [retentionMs, limit])
			return row?.pruned ?? 0
		},
	}
}
