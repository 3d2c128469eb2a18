import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import { beginning } from './build-store.ts'
import type { IndexStatus } from './index-status.ts'

export type ReindexStore = ReturnType<typeof createReindexStore>

export function createReindexStore(database: Database) {
	return {
		async beginRebuild(budget: Budget): Promise<void> {
			await database.within(budget).query(beginRebuild)
		},

		async readStatus(budget: Budget): Promise<IndexStatus> {
			const [status] = await database.within(budget).query<IndexStatus>(readStatus)
			if (status === undefined) throw new Error('the row of search_index is missing')
			return status
		},
	}
}

const beginRebuild: Statement = {
	name: 'begin-rebuild',
	text: `update search_index set ${beginning} where rebuilt_to is null`,
}

// The caller may ask once a second. So nothing is counted while a rebuild goes through a large catalog.
const readStatus: Statement = {
	name: 'read-index-status',
	text: `
		select complete, "isRebuilding", "productCount", least("productCount", left_by_rebuild + waiting) as "pendingProductCount"
		from (
			select complete, rebuilt_to is not null as "isRebuilding",
				case when rebuilt_to is null then (select count(*) from product) else rebuild_total end as "productCount",
				case when rebuilt_to is null then 0 else greatest(rebuild_total - rebuild_done, 0) end as left_by_rebuild,
				(select count(*) from (select from search_waiting limit 10000) as waiting) as waiting
			from search_index
		) as counted`,
}
