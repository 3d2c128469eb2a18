import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { MovementsPage } from './list-stock-movements.ts'
import type { Movement } from './movement.ts'

export type MovementStore = ReturnType<typeof createMovementStore>

const listMovements: Statement = {
	name: 'list-movements',
	text: `
		select id, kind, cause, delta, reason, who, created_at as "createdAt"
		from stock_movement
		where sku = $1 and id < coalesce($2::bigint, 9223372036854775807)
		order by id desc limit $3`,
}

export function createMovementStore(database: Database) {
	return {
		/** A page of the movements of a product, the newest first. */
		listMovements({ sku, before, size }: MovementsPage, budget?: Budget): Promise<Movement[]> {
			return database.within(budget).query<Movement>(listMovements, [sku, before ?? null, size])
		},
	}
}
