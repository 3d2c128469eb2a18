import type { Database } from '@mercat/database/database'
import type { Budget } from '@mercat/service/budget'
import { type Facet, type FacetValue, mostFacetValues } from './selection.ts'

/** Counts the attributes of products, which no process keeps in memory. */
export function createAttributeFacetsStore(database: Pick<Database, 'within'>) {
	return {
		/** The most frequent values of each attribute among some products: a facet for each name, in their order. */
		async countAttributes(skus: readonly string[], names: readonly string[], budget: Budget): Promise<Facet[]> {
			const rows = await database
				.within(budget)
				.query<FacetValue & { name: string }>(countAttributes, [skus, names, mostFacetValues])
			return names.map((name) => ({
				field: `attributes.${name}`,
				values: rows.filter((row) => row.name === name).map(({ value, count }) => ({ value, count })),
			}))
		},
	}
}

const countAttributes = {
	name: 'count-attributes',
	text: `
		select name, value, count from (
			select name, value, count(*) as count,
				row_number() over (partition by name order by count(*) desc, value collate "C") as place
			from product p, unnest($2::text[]) as name, lateral (select p.attributes ->> name as value) as attribute
			where p.sku = any($1::text[]) and value <> ''
			group by name, value
		) as counted
		where place <= $3
		order by name, place`,
}
