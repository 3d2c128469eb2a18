import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { MovementsPage } from './list-stock-movements.ts'
import type { Movement } from './movement.ts'

export type MovementStore = ReturnType<typeof createMovementStore>

// The index gives the moments in their order, and the last moment of the page whole. Only these few movements are sorted.
// A moment is exact to the microsecond, and a text keeps it so.
const listMovements: Statement = {
	name: 'list-movements',
	text: `
		select kind, cause, delta, reason, who, created_at as "createdAt", created_at::text as moment
		from (
			select * from stock_movement
			where sku = $1
				and created_at <= coalesce($2::text::timestamptz, 'infinity')
				and ($2 is null or (created_at, kind, cause) < ($2::text::timestamptz, $3, $4))
			order by created_at desc
			fetch first ($5::bigint) rows with ties
		) as newest
		order by created_at desc, kind desc, cause desc limit $5`,
}

export function createMovementStore(database: Database) {
	return {
		/** A page of the movements of a product, the newest first. */
		listMovements({ sku, after, size }: MovementsPage, budget?: Budget): Promise<Movement[]> {
			const position = [after?.moment ?? null, after?.kind ?? null, after?.cause ?? null]
			return database.within(budget).query<Movement>(listMovements, [sku, ...position, size])
		},
	}
}
