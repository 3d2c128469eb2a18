import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { SearchedPart } from './search-trace.ts'

// Each change finds its order by the id, whatever the planner thinks of a join. The entry of the change is in the history at
// the place of its version.
const madeByTrace = `join lateral (
		select id from orders where id = change.order_id
			and history -> (change.version::int - 1) ->> 'traceparent' like $1
		limit 1
	) as found on true`

const searchTransitions: Statement = {
	name: 'search-transitions',
	text: `
		with part as materialized (
			select position, order_id, version, logged_at from event
			where position < coalesce($2, 9223372036854775807) order by position desc limit $3
		)
		select array(
			select found.id from (select distinct on (order_id, version) * from part) as change ${madeByTrace}
			group by found.id order by max(change.position) desc limit 5
		) as "orderIds", (select count(*) from part) as looked, (select min(position) from part) as position,
			(select min(logged_at) from part) as since`,
}

// The writer of the log takes them within a moment, so there are few.
const searchWaiting: Statement = {
	name: 'search-waiting-transitions',
	text: `
		select found.id from (
			select member.order_id, version
			from (select order_ids, version from event_inbox order by id desc limit 1000) as inbox
				cross join lateral unnest(order_ids) as member (order_id)
		) as change ${madeByTrace} limit 5`,
}

export function createExplainStore(database: Database) {
	return {
		/**
		 * Looks at the newest `count` changes before a position, or at the end of the log and at the changes that have no
		 * position yet.
		 */
		async searchTransitions(
			traceId: string,
			before: number | undefined,
			count: number,
			budget?: Budget,
		): Promise<SearchedPart> {
			const query = database.within(budget)
			const form = `00-${traceId}-%`
			// In this order: a change that leaves the inbox between the two statements is in the log for the second one.
			const waiting = before === undefined ? await query.query<{ id: string }>(searchWaiting, [form]) : []
			const [part] = await query.query<SearchedPart>(searchTransitions, [form, before ?? null, count])
			if (part === undefined) throw new Error('the search gave no row')
			return { ...part, orderIds: [...new Set([...waiting.map(({ id }) => id), ...part.orderIds])] }
		},
	}
}
