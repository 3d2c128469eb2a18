import type { Database } from '@mercat/database/database'
import type { Queryable } from '@mercat/database/queryable'
import { budgetForEach } from '@mercat/service/budget'
import type { Breach } from './catalog-audit-store.ts'
import { createLastChanges, type LastChanges, type ProductState } from './last-changes.ts'

export type ChangeAuditStore = ReturnType<typeof createChangeAuditStore>

type Entry = { id: number; position: number | null; changes: (ProductState & { sku: string })[] }

// A statement may read a whole table.
const patience = budgetForEach(600_000)

const applicationName = 'mercat-catalog'
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

const productPage = `
	select sku, currency, amount_minor as "amountMinor", version, archived
	from product where sku > $1 order by sku limit ${productsOnPage}`

export function createChangeAuditStore(database: Database) {
	const { query } = database.within(patience)
	return {
		/** Whether the schema has the log. The catalog before it had none. */
		async hasLog(): Promise<boolean> {
			const [found] = await query<{ exists: boolean }>("select to_regclass('product_change_log') is not null as exists")
			return found?.exists ?? false
		},

		/** Whether a catalog is connected to this database now. */
		async isLive(): Promise<boolean> {
			const [found] = await query<{ live: boolean }>(
				`select exists (
					select from pg_stat_activity where datname = current_database() and application_name = $1
				) as live`,
				[applicationName],
			)
			return found?.live ?? false
		},

		/**
		 * The breaches of the log of changes. All is read as it is at one moment, so a breach is one also while the catalog works.
		 */
		changeBreaches: (): Promise<Breach[]> =>
			database.transaction(async (transaction) => {
				await transaction.query('set transaction isolation level repeatable read, read only')
				const latest = createLastChanges()
				const breaches = await logBreaches(transaction, latest)
				return [...breaches, ...(await productBreaches(transaction, latest))].slice(0, mostBreaches)
			}, patience),

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

/** The breaches of the log itself. All its changes go to `latest`. */
async function logBreaches(queryable: Queryable, latest: LastChanges): Promise<Breach[]> {
	const logs = await queryable.query<{ last: number }>('select last_position as last from product_change_log')
	if (logs.length !== 1) return [{ subject: 'product_change_log', finding: 'the log must have one row' }]
	const breaches: Breach[] = []
	const take = ({ changes }: Entry) => {
		for (const { sku, ...state } of changes) {
			const finding = latest.add(sku, state)
			if (finding !== undefined && breaches.length < mostBreaches) breaches.push({ subject: sku, finding })
		}
	}
	let position: number | undefined
	for await (const entry of entriesAfter(queryable, numberedEntries, (last) => last.position)) {
		const next = entry.position as number
		if (position !== undefined && next !== position + 1)
			breaches.push({ subject: `position ${next}`, finding: `it follows position ${position}` })
		position = next
		take(entry)
	}
	const [{ last }] = logs as [{ last: number }]
	if ((position ?? 0) !== last)
		breaches.push({
			subject: 'product_change_log',
			finding: `it ends at ${last}, and its last entry is at ${position ?? 0}`,
		})
	for await (const entry of entriesAfter(queryable, waitingEntries, (last) => last.id)) take(entry)
	return breaches
}

async function* entriesAfter(
	queryable: Queryable,
	statement: string,
	placeOf: (entry: Entry) => number | null,
): AsyncGenerator<Entry> {
	for (let after = 0; ; ) {
		const page = await queryable.query<Entry>(statement, [after])
		const last = page.at(-1)
		if (last === undefined) return
		yield* page
		after = placeOf(last) ?? after
	}
}

async function productBreaches(queryable: Queryable, latest: LastChanges): Promise<Breach[]> {
	const breaches: Breach[] = []
	for (let after = ''; breaches.length < mostBreaches; ) {
		const products = await queryable.query<ProductState & { sku: string }>(productPage, [after])
		for (const { sku, ...product } of products) {
			const finding = latest.faultOf(sku, product)
			if (finding !== undefined) breaches.push({ subject: sku, finding })
		}
		const last = products.at(-1)
		if (last === undefined) break
		after = last.sku
	}
	return breaches
}
