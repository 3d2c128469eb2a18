import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { MovementsPage } from './list-stock-movements.ts'
import type { Movement } from './movement.ts'

export type MovementStore = ReturnType<typeof createMovementStore>

// A moment is exact to the microsecond, and a text keeps it so.
const columns = 'kind, cause, delta, reason, who, created_at as "createdAt", created_at::text as moment'

const beforePosition = `
	created_at <= coalesce($2::text::timestamptz, 'infinity')
	and ($2 is null or (created_at, kind, cause) < ($2::text::timestamptz, $3, $4))`

// The index gives the moments in their order, and the last moment of the page whole. Only these few movements are sorted.
const listMovements: Statement = {
	name: 'list-movements',
	text: `
		select ${columns}
		from (
			select * from stock_movement
			where sku = $1 and who is not null and ${beforePosition}
			order by created_at desc
			fetch first ($5::bigint) rows with ties
		) as newest
		order by created_at desc, kind desc, cause desc limit $5`,
}

// The movements from before the ledger kept who made them. No index has them in the order of their times, unless the operator
// makes the one of docs/operations.md: each page reads all of them that the product has.
const listEarliestMovements: Statement = {
	name: 'list-earliest-movements',
	text: `
		select ${columns} from stock_movement
		where sku = $1 and who is null and ${beforePosition}
		order by created_at desc, kind desc, cause desc limit $5`,
}

export function createMovementStore(database: Pick<Database, 'within'>) {
	return {
		/** A page of the movements of a product, the newest first. */
		async listMovements({ sku, after, size }: MovementsPage, budget?: Budget): Promise<Movement[]> {
			const queryable = database.within(budget)
			const position = [after?.moment ?? null, after?.kind ?? null, after?.cause ?? null]
			if (after?.isEarliest) return queryable.query<Movement>(listEarliestMovements, [sku, ...position, size])
			const newest = await queryable.query<Movement>(listMovements, [sku, ...position, size])
			if (newest.length === size) return newest
			const fromTheFirst = [null, null, null, size - newest.length]
			return [...newest, ...(await queryable.query<Movement>(listEarliestMovements, [sku, ...fromTheFirst]))]
		},
	}
}
