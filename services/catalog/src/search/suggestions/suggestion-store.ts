import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'

export type SuggestionStore = ReturnType<typeof createSuggestionStore>

/** What suggestions read of products. */
export function createSuggestionStore(database: Database) {
	return {
		/** The titles of those of the products that are not archived, in any order. */
		async readTitles(skus: readonly string[], budget: Budget): Promise<string[]> {
			const rows = await database.within(budget).query<{ title: string }>(selectTitles, [skus])
			return rows.map(({ title }) => title)
		},
	}
}

const selectTitles: Statement = {
	name: 'select-titles',
	text: 'select title from product where sku = any($1::text[]) and not archived',
}
