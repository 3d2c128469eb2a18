import type { Database } from '@mercat/database/database'
import type { Queryable } from '@mercat/database/queryable'
import { isConnected } from '@mercat/database/server-facts'
import { budgetForEach } from '@mercat/service/budget'
import type { Breach } from './catalog-audit-store.ts'
import type { ProductState } from './last-changes.ts'
import { type AuditedEntry, createLogReading, type LogPages, type LogReading } from './log-reading.ts'

export type ChangeAuditStore = ReturnType<typeof createChangeAuditStore>

// A statement may read a whole table.
const patience = budgetForEach(600_000)

const entriesOnPage = 50
const productsOnPage = 5_000
const mostBreaches = 10_000
// A running catalog gives positions several times in a second.
const longestWaitS = 60

// A change of the price alone has no title.
const entries = (rows: string) => `
	select id, position, (
		select coalesce(jsonb_agg(jsonb_build_object(
			'sku', sku, 'currency', currency, 'amountMinor', "amountMinor",
			'version', case when title is not null then version end, 'archived', case when title is not null then archived end
		) order by place), '[]')
		from rows from (json_to_recordset(changes::json) as (
			sku text, title text, currency text, "amountMinor" bigint, version bigint, archived boolean
		)) with ordinality as change (sku, title, currency, "amountMinor", version, archived, place)
	) as changes
	from product_change where ${rows} limit ${entriesOnPage}`
const numberedEntries = entries('position > $1 order by position')
const waitingEntries = entries('position is null and id > $1 order by id')

const logEnds = `
	select last_position as last, coalesce((select max(position) from product_change), 0) as "lastOfEntries"
	from product_change_log`

// Old entries are deleted from the first on. So none is missing before the first one.
const gaps = `
	select position, before from (
		select position, lag(position) over (order by position) as before from product_change where position is not null
	) as positions
	where position <> before + 1 order by position limit ${mostBreaches}`

const productPage = `
	select sku, currency, amount_minor as "amountMinor", version, archived
	from product where sku > $1 order by sku limit ${productsOnPage}`

export function createChangeAuditStore(database: Database) {
	const { query } = database.within(patience)

	/** The next products, and how they differ from the log at the same moment. */
	async function checkProducts(
		log: LogReading,
		after: string,
	): Promise<{ breaches: Breach[]; last: string | undefined }> {
		return database.transaction(async (transaction) => {
			await transaction.query('set transaction isolation level repeatable read, read only')
			await log.readRest(pagesOf(transaction))
			const products = await transaction.query<ProductState & { sku: string }>(productPage, [after])
			const breaches = products.flatMap(({ sku, ...product }) => {
				const finding = log.faultOf(sku, product)
				return finding === undefined ? [] : [{ subject: sku, finding }]
			})
			return { breaches, last: products.at(-1)?.sku }
		}, patience)
	}

	async function productBreaches(log: LogReading): Promise<Breach[]> {
		const found: Breach[] = []
		for (let after = ''; found.length < mostBreaches; ) {
			const { breaches, last } = await checkProducts(log, after)
			found.push(...breaches)
			if (last === undefined) break
			after = last
		}
		return found
	}

	return {
		/** Whether the schema has the log. The catalog before it had none. */
		async hasLog(): Promise<boolean> {
			const [found] = await query<{ exists: boolean }>("select to_regclass('product_change_log') is not null as exists")
			return found?.exists ?? false
		},

		/** Whether a catalog is connected to this database now. */
		isLive: () => isConnected(database, 'mercat-catalog'),

		/**
		 * The breaches of the log of changes. Nothing is read as of one moment but the positions, and each page of products with the
		 * changes until then. So a breach is one also while the catalog works, and no snapshot stays open for long.
		 */
		async changeBreaches(): Promise<Breach[]> {
			const ends = await query<{ last: number; lastOfEntries: number }>(logEnds)
			const [end] = ends
			if (end === undefined || ends.length > 1)
				return [{ subject: 'product_change_log', finding: 'the log must have one row' }]
			const breaches: Breach[] = []
			const missing = await query<{ position: number; before: number }>(gaps)
			for (const { position, before } of missing)
				breaches.push({ subject: `position ${position}`, finding: `it follows position ${before}` })
			if (end.last !== end.lastOfEntries)
				breaches.push({
					subject: 'product_change_log',
					finding: `it ends at ${end.last}, and its last entry is at ${end.lastOfEntries}`,
				})
			const log = createLogReading(new Set(missing.map(({ position }) => position)))
			await log.readNumbered(pagesOf({ query }))
			const ofProducts = await productBreaches(log)
			return [...breaches, ...log.breaches(), ...ofProducts].slice(0, mostBreaches)
		},

		/** Entries that have waited for their positions for long. It is one that has just been committed, or a breach. */
		waitingBreaches: (): Promise<Breach[]> =>
			query<Breach>(
				`select format('entry %s', id) as subject, format('it waits for its position since %s', to_json(at) #>> '{}') as finding
				from product_change where position is null and at < clock_timestamp() - $1 * interval '1 s'
				order by id limit ${mostBreaches}`,
				[longestWaitS],
			),
	}
}

function pagesOf({ query }: Pick<Queryable, 'query'>): LogPages {
	return {
		numberedAfter: (position) => query<AuditedEntry>(numberedEntries, [position]),
		waitingAfter: (id) => query<AuditedEntry>(waitingEntries, [id]),
	}
}
