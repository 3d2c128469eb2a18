import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import { readChanges } from '../../changes/log/product-changes.ts'
import { behindAllSkus } from '../places/state-place.ts'
import { type AskedSkus, skusBehind } from './asked-skus.ts'
import type { StateChunk, StateRow } from './state-chunk.ts'

const chunkSize = 500
// A product has up to 290 KB.
const mostChunkBytes = 1024 * 1024

// The whole product has the form that it has in the log. The snapshot is that of this statement, and its clock is read after it
// was taken.
const readChunk = (name: string, condition: string): Statement => ({
	name,
	text: `
		with part as materialized (
			select p.sku, s.on_hand - s.held as available, json_build_object(
				'sku', p.sku, 'title', title, 'description', description, 'brand', brand, 'category', category,
				'currency', p.currency, 'amountMinor', amount_minor, 'priceBeganAt', price_began_at, 'lowestMinor', lowest_minor,
				'attributes', attributes, 'imageUrls', image_urls, 'group', product_group, 'archived', archived,
				'version', version, 'createdAt', created_at, 'updatedAt', p.updated_at
			)::text as product
			from product p join stock s using (sku)
			left join price_reduction as reduction on reduction.sku = p.sku and reduction.began_at = p.price_began_at
			where ${condition} order by p.sku limit ${chunkSize}
		), measured as (
			select *, sum(octet_length(product)) over (order by sku) - octet_length(product) as bytes_before from part
		)
		select
			pg_current_snapshot()::text as snapshot,
			ceil(extract(epoch from clock_timestamp()) * 1000)::bigint as "atMs",
			(select count(*) from part) as found,
			coalesce(string_agg(product, ',' order by sku), '') as products,
			coalesce(array_agg(sku order by sku), '{}') as skus,
			coalesce(array_agg(available order by sku), '{}') as quantities
		from measured where bytes_before < ${mostChunkBytes}`,
})

const readNextChunk = readChunk('read-state-of-all', 'p.sku > $1')
const readChunkOf = readChunk('read-state-of-skus', 'p.sku = any($1::text[])')

type ChunkRow = {
	snapshot: string
	atMs: number
	/** How many products there are. Fewer of them are in the chunk when they are large. */
	found: number
	products: string
	skus: string[]
	quantities: (number | string)[]
}

export function createStateStore(database: Database) {
	return {
		/** Reads the next products behind a sku: all, or those with these skus, which ascend. */
		async readChunk(after: string, skus: readonly string[] | undefined): Promise<StateChunk> {
			const asked = skus === undefined ? undefined : skusBehind(skus, after, chunkSize)
			const [row] = await database.query<ChunkRow>(...statementFor(after, asked))
			if (row === undefined) throw new Error('a chunk of the state has no row')
			const isCut = row.found > row.skus.length
			const hasMore = asked === undefined ? row.found === chunkSize : asked.hasMore
			const last = asked === undefined || isCut ? row.skus.at(-1) : asked.skus.at(-1)
			const upTo = isCut || hasMore ? (last ?? after) : behindAllSkus
			return { upTo, snapshot: row.snapshot, atMs: row.atMs, rows: toRows(row) }
		},
	}
}

function statementFor(after: string, asked: AskedSkus | undefined): [Statement, unknown[]] {
	return asked === undefined ? [readNextChunk, [after]] : [readChunkOf, [asked.skus]]
}

function toRows({ products, quantities }: ChunkRow): StateRow[] {
	return readChanges(`[${products}]`).map((change, index) => ({ change, available: Number(quantities[index]) }))
}
