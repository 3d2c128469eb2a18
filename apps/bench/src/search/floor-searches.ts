import pg from 'pg'
import type { SearchPeer } from './search-generator.ts'

const textSearch = {
	name: 'floor-search',
	text: `select sku, title, brand, category, amount_minor, currency, in_stock
		from search_floor, websearch_to_tsquery('english', $1) as query
		where document @@ query
		order by ts_rank(document, query) desc
		limit 20`,
}
const filtered = {
	name: 'floor-filter',
	text: `select sku, title, brand, category, amount_minor, currency, in_stock
		from search_floor
		where ($1::text is null or category like $1 || '%') and ($2::text is null or brand = $2)
			and ($3::boolean is not true or in_stock) and ($4::bigint is null or amount_minor <= $4)
		order by created_at desc
		limit 20`,
}

/**
 * Copies the products of a catalog into a table of the floor: a text column with a GIN index, as a team would write it.
 * Both contestants read from the same server.
 */
export async function createFloor(databaseUrl: string): Promise<void> {
	const client = new pg.Client(databaseUrl)
	await client.connect()
	try {
		await client.query(`
			create table search_floor as
			select p.sku, p.title, p.brand, p.category, p.amount_minor, p.currency, p.created_at,
				s.on_hand > s.held as in_stock,
				setweight(to_tsvector('english', p.title), 'A')
					|| setweight(to_tsvector('english', p.brand || ' ' || replace(p.category, '/', ' ')), 'B')
					|| setweight(to_tsvector('english', p.sku), 'C')
					|| setweight(to_tsvector('english', p.description), 'D') as document
			from product p join stock s using (sku)`)
		await client.query('create index on search_floor using gin (document)')
		await client.query('create index on search_floor (category text_pattern_ops)')
		await client.query('create index on search_floor (brand)')
		await client.query('create index on search_floor (created_at)')
		await client.query('vacuum analyze')
	} finally {
		await client.end()
	}
}

/** Searches of the floor: one statement each, without typos and facets. It has no suggestions. */
export async function openFloor(databaseUrl: string, clients: number): Promise<SearchPeer> {
	const pool = new pg.Pool({ connectionString: databaseUrl, max: clients, options: '-c jit=off' })
	return {
		async search({ kind, query, category, brand, inStock, maxAmountMinor }) {
			const statement =
				kind === 'filters'
					? { ...filtered, values: [category, brand, inStock, maxAmountMinor] }
					: { ...textSearch, values: [query] }
			return (await pool.query(statement)).rowCount ?? 0
		},
		suggest: () => Promise.reject(new Error('the floor has no suggestions')),
		[Symbol.asyncDispose]: () => pool.end(),
	}
}
