import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import { catalogDestination } from '../order/order-messages.ts'
import type { OpenCommandsQuery } from './list-outbox.ts'
import { droppedError, type MessageState, type OpenCommand } from './outbox-message.ts'

export type OpenMessage = {
	id: number
	state: 'pending' | 'dead'
	type: string
	destination: string
	orderId: string
	version: number
	attempts: number
	nextAttemptAt: Date
	lastError: string | null
}

/** What an operator's change has done to a message, or why it has done nothing. */
export type MessageChange =
	| { id: number; outcome: 'changed' }
	| { id: number; outcome: 'unknown' }
	| { id: number; outcome: 'pending'; nextAttemptAt: Date }
	| { id: number; outcome: 'delivered' | 'dropped' }
	/** It is a command for the catalog, which the stock of the order depends on. */
	| { id: number; outcome: 'command' }
	/** The event has a message for the other destination already. */
	| { id: number; outcome: 'duplicate' }

type Asked = { id: number; state: MessageState; destination: string; nextAttemptAt: Date; isChanged: boolean }

/** The state of a row of the outbox as people see it. */
export const messageState = `case when state = 'delivered' and last_error = '${droppedError}' then 'dropped' else state end`

// The first part of each change. Two changes lock messages in the same order, so they do not deadlock.
const askedMessages = `
	asked as materialized (
		select id, ${messageState} as state, destination, order_id, version, next_attempt_at as "nextAttemptAt"
		from outbox where id = any($1::bigint[]) order by id for update
	)`
const whatChanged = `select id, state, destination, "nextAttemptAt", id in (select id from changed) as "isChanged" from asked`

// Each state is a look-up of its own, which reads its part of the index in order.
const listOpenCommands: Statement = {
	name: 'list-open-commands',
	text: `
		select command.* from unnest($1::text[]) as asked (state) cross join lateral (
			select id, order_id as "orderId", version, type, state, attempts, created_at as "createdAt",
				next_attempt_at as "nextAttemptAt", last_error as "lastError"
			from outbox
			where outbox.state = asked.state and outbox.state <> 'delivered' and destination = $2
				and (created_at, id) > ($3::timestamptz, $4)
			order by created_at, id limit $5
		) as command
		order by "createdAt", id limit $5`,
}

// The rows are locked in the order of their ids, as every other change does.
const redrive = (which: string) => `
	with dead as materialized (
		select id from outbox where destination = $1 and state = 'dead' ${which}
	), locked as materialized (
		select id from outbox where id = any(array(select id from dead)) and state = 'dead' order by id for update
	)
	update outbox set state = 'pending', attempts = 0, next_attempt_at = clock_timestamp(), settled_at = null
	from locked where outbox.id = locked.id
	returning outbox.id`
const redriveOldest: Statement = { name: 'redrive-oldest', text: redrive('order by created_at limit $2') }
const redriveOfOrder: Statement = { name: 'redrive-of-order', text: redrive('and order_id = $2') }
const mostRedriven = 10_000

export function createOutboxAdminStore(database: Database) {
	return {
		/** Every message that is not delivered, the oldest first. */
		listOpen(): Promise<OpenMessage[]> {
			return database.query<OpenMessage>(`
				select id, state, type, destination, order_id as "orderId", version, attempts,
					next_attempt_at as "nextAttemptAt", last_error as "lastError"
				from outbox where state <> 'delivered' order by id`)
		},

		/** A page of the commands to the catalog that are not delivered, the oldest first. */
		listOpenCommands({ states, after, limit }: OpenCommandsQuery, budget?: Budget): Promise<OpenCommand[]> {
			const { createdAt, id } = after ?? { createdAt: '-infinity', id: 0 }
			return database
				.within(budget)
				.query<OpenCommand>(listOpenCommands, [states, catalogDestination, createdAt, id, limit])
		},

		/**
		 * Makes dead commands to the catalog pending again, with no attempt counted: the oldest 10,000, or those of one order.
		 * Returns how many.
		 */
		async redriveCommands(orderId: string | undefined, budget?: Budget): Promise<number> {
			const { query } = database.within(budget)
			const rows = await (orderId === undefined
				? query(redriveOldest, [catalogDestination, mostRedriven])
				: query(redriveOfOrder, [catalogDestination, orderId]))
			return rows.length
		},

		/** Makes all dead messages pending again, with no attempt counted. Returns how many. */
		async redriveAll(): Promise<number> {
			const rows = await database.query(
				`update outbox set state = 'pending', attempts = 0, next_attempt_at = clock_timestamp(), settled_at = null
				where state = 'dead' returning id`,
			)
			return rows.length
		},

		/** Makes dead messages pending again, with no attempt counted. */
		async redrive(ids: number[]): Promise<MessageChange[]> {
			const asked = await database.query<Asked>(
				`with ${askedMessages}, changed as (
					update outbox set state = 'pending', attempts = 0, next_attempt_at = clock_timestamp(), settled_at = null
					from asked where outbox.id = asked.id and asked.state = 'dead' returning outbox.id
				) ${whatChanged}`,
				[ids],
			)
			return changesOf(ids, asked, ({ id, state, nextAttemptAt }) =>
				state === 'pending' ? { id, outcome: 'pending', nextAttemptAt } : { id, outcome: settledAs(state) },
			)
		},

		/**
		 * Gives up messages to webhooks. They keep their rows, because the audit counts them, and are deleted with the
		 * delivered ones. An attempt that is under way may still arrive.
		 */
		async drop(ids: number[]): Promise<MessageChange[]> {
			const asked = await database.query<Asked>(
				`with ${askedMessages}, changed as (
					update outbox
					set state = 'delivered', settled_at = clock_timestamp(), last_error = '${droppedError}'
					from asked where outbox.id = asked.id and asked.state in ('pending', 'dead') and asked.destination <> $2
					returning outbox.id
				) ${whatChanged}`,
				[ids, catalogDestination],
			)
			return changesOf(ids, asked, ({ id, state, destination }) => ({
				id,
				outcome: destination === catalogDestination ? 'command' : settledAs(state),
			}))
		},

		/** Gives messages to webhooks another destination, and makes them pending with no attempt counted. */
		async redirect(ids: number[], url: string): Promise<MessageChange[]> {
			const asked = await database.query<Asked>(
				`with ${askedMessages}, one_per_event as (
					select distinct on (order_id, version) id from asked
					where state in ('pending', 'dead') and destination <> $2 and not exists (
						select from outbox as other
						where other.order_id = asked.order_id and other.version = asked.version and other.destination = $3
					)
					order by order_id, version, id
				), changed as (
					update outbox
					set destination = $3, state = 'pending', attempts = 0, next_attempt_at = clock_timestamp(), settled_at = null
					from one_per_event where outbox.id = one_per_event.id
					returning outbox.id
				) ${whatChanged}`,
				[ids, catalogDestination, url],
			)
			return changesOf(ids, asked, ({ id, state, destination }) => {
				if (destination === catalogDestination) return { id, outcome: 'command' }
				return { id, outcome: state === 'pending' || state === 'dead' ? 'duplicate' : state }
			})
		},
	}
}

function settledAs(state: MessageState): 'delivered' | 'dropped' {
	return state === 'dropped' ? 'dropped' : 'delivered'
}

/** A change for each id, in their order. */
function changesOf(ids: number[], asked: Asked[], whyUnchanged: (message: Asked) => MessageChange): MessageChange[] {
	const byId = new Map(asked.map((message) => [message.id, message]))
	return ids.map((id) => {
		const message = byId.get(id)
		if (message === undefined) return { id, outcome: 'unknown' }
		return message.isChanged ? { id, outcome: 'changed' } : whyUnchanged(message)
	})
}
