import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'

const storePriceSources: Statement = {
	name: 'store-price-sources',
	text: `
		insert into price_source as known (sku, source) select * from unnest($1::text[], $2::text[])
		on conflict (sku) do update set source = excluded.source where known.source <> excluded.source`,
}

const findPriceSource: Statement = {
	name: 'find-price-source',
	text: 'select source from price_source where sku = $1',
}

export function createPriceSourceStore(database: Pick<Database, 'query' | 'within'>) {
	return {
		/** Stores whose the prices of products are. */
		store: (skus: readonly string[], sources: readonly string[]) => database.query(storePriceSources, [skus, sources]),
		/** The source that the price of a product belongs to. */
		async find(sku: string, budget?: Budget): Promise<string | undefined> {
			const [row] = await database.within(budget).query<{ source: string }>(findPriceSource, [sku])
			return row?.source
		},
	}
}
