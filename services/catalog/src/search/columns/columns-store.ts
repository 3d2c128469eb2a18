import type { Database } from '@mercat/database/database'
import type { Budget } from '@mercat/service/budget'
import type { Changes, Moment } from './column-changes.ts'
import type { ProductStates } from './memory/product-table.ts'

/** Reads the columns of products, and what has changed in them. */
export function createColumnsStore(database: Database) {
	async function one<R>(
		statement: { name: string; text: string },
		values: readonly unknown[],
		budget?: Budget,
	): Promise<R> {
		const [row] = await database.within(budget).query<R>(statement, values)
		if (row === undefined) throw new Error(`${statement.name} gives one row`)
		return row
	}

	return {
		readMoment: (budget?: Budget): Promise<Moment> => one(readMoment, [], budget),

		/** The next products behind a sku, in the order of their skus. */
		readSlice: (after: string, size: number): Promise<ProductStates> => one(readSlice, [after, size]),

		readStates: (skus: readonly string[]): Promise<ProductStates> => one(readStates, [skus]),

		/** @param mostStates the number of products whose states are read at once */
		async readChanges(since: string, mostStates: number, budget: Budget): Promise<Changes> {
			const row = await one<Moment & ProductStates & Pick<Changes, 'deadDocs' | 'rest' | 'restDocs'>>(
				readChanges,
				[since, mostStates],
				budget,
			)
			const { snapshot, atMs, index, deadDocs, rest, restDocs, ...states } = row
			return { snapshot, atMs, index, deadDocs, rest, restDocs, states }
		},

		/** @returns whether there may be more of them */
		async deleteChanges(keepMs: number, most: number): Promise<boolean> {
			return (await database.query(deleteChanges, [keepMs, most])).length === most
		},

		async rememberMoment(keepMs: number): Promise<void> {
			await database.query(rememberMoment, [keepMs])
		},

		/** Frees the room of deleted changes. The embedded database does not do it by itself. */
		async vacuumChanges(): Promise<void> {
			if (database.engine === 'pglite') await database.query('vacuum search_change')
		},
	}
}

const stateColumns = `
	p.sku, p.search_doc, p.category, p.brand, p.product_group, p.currency, p.amount_minor,
	-- As many words as it has spaces, and one.
	least(length(p.title) - length(replace(p.title, ' ', '')) + 1, 255) as title_words,
	-- A double of this size is exact to a quarter of a microsecond.
	round(date_part('epoch', p.created_at) * 1000000) as created_at,
	(s.on_hand > s.held)::integer + 2 * p.archived::integer as flags`

// Lists in one row cost a fraction of a row for each product.
const packedStates = `
	coalesce(json_agg(sku), '[]') as skus,
	coalesce(json_agg(search_doc), '[]') as docs,
	coalesce(json_agg(title_words), '[]') as "titleWords",
	coalesce(json_agg(category), '[]') as categories,
	coalesce(json_agg(brand), '[]') as brands,
	coalesce(json_agg(product_group), '[]') as groups,
	coalesce(json_agg(currency), '[]') as currencies,
	coalesce(json_agg(amount_minor), '[]') as amounts,
	coalesce(json_agg(created_at), '[]') as "createdAt",
	coalesce(json_agg(flags), '[]') as flags`

const moment = `
	pg_current_snapshot()::text as snapshot,
	date_part('epoch', clock_timestamp()) * 1000 as "atMs",
	(
		select json_build_object(
			'epoch', epoch, 'analysis', analysis, 'complete', complete, 'synonymsVersion', synonyms_version
		) from search_index
	) as index`

const readMoment = { name: 'read-search-moment', text: `select ${moment}` }

const readSlice = {
	name: 'read-columns-slice',
	text: `
		select ${packedStates} from (
			-- The products are cut before the join, which would have each slice start parallel workers.
			select ${stateColumns}
			from (select * from product where sku > $1 order by sku limit $2) as p join stock s using (sku)
			order by p.sku
		) as states`,
}

const readStates = {
	name: 'read-columns-states',
	text: `
		select ${packedStates} from (
			select ${stateColumns} from product p join stock s using (sku) where p.sku = any($1::text[])
		) as states`,
}

// Not visible in a snapshot are the transactions that began after it, and those that were running.
const readChanges = {
	name: 'read-column-changes',
	text: `
		with unseen as materialized (
			select skus, dead_docs from search_change where xid >= pg_snapshot_xmax($1::pg_snapshot)
			union all
			select skus, dead_docs from search_change where xid = any(array(select pg_snapshot_xip($1::pg_snapshot)))
		), changed as materialized (
			select distinct sku collate "C" as sku from unseen, unnest(skus) as sku order by sku
		), states as (
			select ${packedStates} from (
				select ${stateColumns}
				from (select sku from changed limit $2) as first join product p using (sku) join stock s using (sku)
			) as states
		), others as (
			select coalesce(json_agg(sku), '[]') as rest, coalesce(json_agg(search_doc), '[]') as "restDocs"
			from (select sku from changed offset $2) as others join product using (sku)
		)
		select
			${moment},
			(select coalesce(json_agg(doc), '[]') from unseen, unnest(dead_docs) as doc) as "deadDocs",
			others.*,
			states.*
		from others, states`,
}

const isOld = (time: string) => `${time} <= now() - $1::float8 * interval '1 millisecond'`

// The transactions of a database that was restored may have lower ids than the moment. Their changes are young.
const deleteChanges = {
	name: 'delete-search-changes',
	text: `
		delete from search_change where id in (
			select id from search_change
			where xid < (select pg_snapshot_xmin(changes_known) from search_index where ${isOld('changes_known_at')}) and ${isOld('at')}
			order by xid limit $2 for update skip locked
		)
		returning 1`,
}

// A clock that was put back leaves a moment in the future.
const rememberMoment = {
	name: 'remember-search-moment',
	text: `
		update search_index set changes_known = pg_current_snapshot(), changes_known_at = clock_timestamp()
		where ${isOld('changes_known_at')} or changes_known_at > clock_timestamp()`,
}
