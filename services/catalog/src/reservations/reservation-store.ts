import type { Database } from '@mercat/database/database'
import type { Statement, Transaction } from '@mercat/database/queryable'
import type { Reservation, ReservationState, ReservedLine, ShelfItem } from './reservation.ts'
import type { InReservationTransaction, ReservationTransaction } from './reservation-transaction.ts'
import { ledgerEntries, stockMoves } from './settlement.ts'

export type ReservationStore = ReturnType<typeof createReservationStore>

/** @param changed is called with the skus of products whose stock may have changed */
export function createReservationStore(
	database: Database,
	changed: (skus: Iterable<string>) => void = () => {},
): { transaction: InReservationTransaction } {
	return {
		async transaction(work, budget) {
			const locked = new Set<string>()
			try {
				return await database.transaction((connection) => work(stepsOf(connection, locked)), budget)
			} finally {
				// After an error as well: the commit may have happened.
				changed(locked)
			}
		},
	}
}

type ReservationRow = {
	order_id: string
	state: ReservationState
	lines: ReservedLine[]
	currency: string
	total_minor: number
	expires_at: Date
}

const columns = 'order_id, state, lines, currency, total_minor, expires_at'

const lockReservations: Statement = {
	name: 'lock-reservations',
	text: `select ${columns} from reservation where order_id = any($1::uuid[]) order by order_id for update`,
}

const findKnownReservations: Statement = {
	name: 'find-known-reservations',
	text: 'select order_id from reservation where order_id = any($1::uuid[])',
}

const lockShelf: Statement = {
	name: 'lock-shelf',
	text: `
		select sku, title, currency, amount_minor as "amountMinor", archived, on_hand as "onHand", held
		from stock join product using (sku)
		where sku = any($1::text[])
		order by sku
		for update of stock`,
}

// Takes stock only for the holds that it has written: an insert that lost to another transaction takes none. The
// existing reservations are locked already, so the updates find them by key and need no condition on their state, which
// could make the planner choose the index of all holds.
const writeHolds: Statement = {
	name: 'write-holds',
	text: `
		with asked as (
			select order_id, write, lines, currency, total_minor, clock_timestamp() + hold_ms * interval '1 ms' as expires_at
			from unnest($1::uuid[], $2::text[], $3::jsonb[], $4::text[], $5::bigint[], $6::bigint[])
				as asked (order_id, write, lines, currency, total_minor, hold_ms)
		), inserted as (
			insert into reservation (order_id, state, lines, currency, total_minor, expires_at)
			select order_id, 'held', lines, currency, total_minor, expires_at from asked where write = 'insert' order by order_id
			on conflict (order_id) do nothing
			returning order_id, expires_at
		), revived as (
			update reservation
			set state = 'held', lines = asked.lines, currency = asked.currency, total_minor = asked.total_minor,
				expires_at = asked.expires_at, updated_at = clock_timestamp()
			from asked where asked.write = 'revive' and reservation.order_id = asked.order_id
			returning reservation.order_id, reservation.expires_at
		), extended as (
			update reservation set expires_at = asked.expires_at, updated_at = clock_timestamp()
			from asked where asked.write = 'extend' and reservation.order_id = asked.order_id
			returning reservation.order_id, reservation.expires_at
		), demand as (
			select sku, sum(quantity)::bigint as quantity
			from unnest($7::uuid[], $8::text[], $9::bigint[]) as line (order_id, sku, quantity)
			where order_id = any (array(select order_id from inserted union all select order_id from revived))
			group by sku
		), taken as (
			update stock set held = held + demand.quantity from demand where stock.sku = demand.sku
		)
		select order_id, expires_at from inserted
		union all select order_id, expires_at from revived
		union all select order_id, expires_at from extended`,
}

const settleReservations: Statement = {
	name: 'settle-reservations',
	text: `
		with settled as (
			update reservation set state = asked.state, updated_at = clock_timestamp()
			from unnest($1::uuid[], $2::text[]) as asked (order_id, state)
			where reservation.order_id = asked.order_id
		), moved as (
			update stock set on_hand = on_hand + asked.on_hand_delta, held = held + asked.held_delta
			from unnest($3::text[], $4::bigint[], $5::bigint[]) as asked (sku, on_hand_delta, held_delta)
			where stock.sku = asked.sku
		)
		insert into stock_movement (sku, kind, cause, delta, who)
		select sku, kind, cause, delta, $10::text from unnest($6::text[], $7::text[], $8::text[], $9::bigint[]) as asked (sku, kind, cause, delta)
		order by sku, kind, cause`,
}

const insertReleased: Statement = {
	name: 'insert-released',
	text: `
		insert into reservation (order_id, state, lines)
		select order_id, 'released', '[]' from unnest($1::uuid[]) as asked (order_id) order by order_id
		on conflict (order_id) do nothing
		returning order_id`,
}

// It skips locked rows and waits for no lock, so that it may lock in any order.
const lockRunOutHolds: Statement = {
	name: 'lock-run-out-holds',
	text: `
		select ${columns} from reservation
		where state = 'held' and expires_at <= statement_timestamp()
		order by expires_at limit $1
		for update skip locked`,
}

function stepsOf(connection: Transaction, locked: Set<string>): ReservationTransaction {
	return {
		async lockReservations(orderIds) {
			const rows = await connection.query<ReservationRow>(lockReservations, [orderIds])
			return new Map(rows.map((row) => [row.order_id, toReservation(row)]))
		},
		async lockShelf(skus) {
			for (const sku of skus) locked.add(sku)
			const items = await connection.query<ShelfItem>(lockShelf, [skus])
			return new Map(items.map((item) => [item.sku, item]))
		},
		async findKnown(orderIds) {
			const rows = await connection.query<{ order_id: string }>(findKnownReservations, [orderIds])
			return new Set(rows.map((row) => row.order_id))
		},
		async writeHoldsAndCommit(holds) {
			const rows = await connection.queryAndCommit<{ order_id: string; expires_at: Date }>(writeHolds, [
				holds.map(({ orderId }) => orderId),
				holds.map(({ write }) => write),
				holds.map(({ lines }) => JSON.stringify(lines)),
				holds.map(({ currency }) => currency),
				holds.map(({ totalMinor }) => totalMinor),
				holds.map(({ holdMs }) => holdMs),
				holds.flatMap(({ orderId, lines }) => lines.map(() => orderId)),
				holds.flatMap(({ lines }) => lines.map(({ sku }) => sku)),
				holds.flatMap(({ lines }) => lines.map(({ quantity }) => quantity)),
			])
			return new Map(rows.map((row) => [row.order_id, row.expires_at]))
		},
		async settle(settlements, who) {
			const moves = stockMoves(settlements)
			const entries = ledgerEntries(settlements)
			await connection.query(settleReservations, [
				settlements.map(({ reservation }) => reservation.orderId),
				settlements.map(({ to }) => to),
				moves.map(({ sku }) => sku),
				moves.map(({ onHandDelta }) => onHandDelta),
				moves.map(({ heldDelta }) => heldDelta),
				entries.map(({ sku }) => sku),
				entries.map(({ kind }) => kind),
				entries.map(({ cause }) => cause),
				entries.map(({ delta }) => delta),
				who ?? '',
			])
		},
		async insertReleased(orderIds) {
			const rows = await connection.query<{ order_id: string }>(insertReleased, [orderIds])
			const inserted = new Set(rows.map((row) => row.order_id))
			return orderIds.filter((orderId) => !inserted.has(orderId))
		},
		async lockRunOutHolds(limit) {
			return (await connection.query<ReservationRow>(lockRunOutHolds, [limit])).map(toReservation)
		},
	}
}

function toReservation(row: ReservationRow): Reservation {
	const { order_id: orderId, state, lines, currency, total_minor: totalMinor, expires_at: expiresAt } = row
	return { orderId, state, lines, currency, totalMinor, expiresAt }
}
