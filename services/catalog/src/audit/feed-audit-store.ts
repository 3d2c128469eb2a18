import type { Database } from '@mercat/database/database'
import { budgetForEach } from '@mercat/service/budget'
import type { Breach } from './catalog-audit-store.ts'

export type FeedAuditStore = ReturnType<typeof createFeedAuditStore>

// A statement may read a whole table.
const patience = budgetForEach(600_000)

const guards = ['held_price_resolved', 'feed_run_ended']
const oneOpenHold = 'held_price_open'

/** Each statement sees one moment, so a breach that it finds is one also while the catalog works. */
const statements = [
	`select sku as subject, format('%s prices are held at once', count(*)) as finding
	from held_price where state = 'open' group by sku having count(*) > 1`,

	`select id::text as subject, format('it holds a price of %s, and there is no such product', held_price.sku) as finding
	from held_price left join product using (sku) where product.sku is null`,

	// A product that changed later may have got the price from a replica of the version before, which knows no held prices.
	// The next row of the source, or a decision, ends this hold.
	`select id::text as subject, format('it holds the price that %s had before', sku) as finding
	from held_price join product using (sku)
	where state = 'open' and (new_currency, new_amount_minor) = (currency, amount_minor)
		and updated_at <= since and coalesce(price_began_at <= since, true)`,

	`select id::text as subject, format('it is %s, and has no time of its end', state) as finding
	from held_price where state <> 'open' and resolved_at is null`,

	`select id::text as subject, 'it is open, and has a time of its end' as finding
	from held_price where state = 'open' and resolved_at is not null`,

	`select id::text as subject, format('it is %s, and nobody has decided it', state) as finding
	from held_price where state in ('approved', 'rejected') and resolved_by is null`,

	`select feed as subject, format('%s runs are without an end', count(*)) as finding
	from feed_run where ended_at is null group by feed having count(*) > 1`,

	`select feed as subject, format('run %s is without an end, and run %s has followed it', number, run_number) as finding
	from feed_run join feed on name = feed where ended_at is null and number < run_number`,

	`select feed as subject, format('run %s is without an end, and its feed says that it has ended', number) as finding
	from feed_run join feed on name = feed where ended_at is null and number = run_number and leased_until = '-infinity'`,

	`select feed as subject, format('run %s has a number above that of the feed, %s', number, run_number) as finding
	from feed_run join feed on name = feed where number > run_number`,

	`select name as subject, format('its latest run %s is missing', run_number) as finding
	from feed left join feed_run on feed = name and number = run_number
	where run_number > 0 and number is null`,
]

export function createFeedAuditStore(database: Database) {
	const queryable = database.within(patience)
	return {
		/** Whether the schema has feeds. The catalog before it had none. */
		async hasFeeds(): Promise<boolean> {
			const [found] = await database.query<{ exists: boolean }>(
				"select to_regclass('held_price') is not null as exists",
			)
			return found?.exists ?? false
		},

		/** The breaches of the rules of feeds, their runs and held prices. */
		async feedBreaches(): Promise<Breach[]> {
			const missing = await queryable.query<Breach>(
				`select name as subject, 'the constraint is missing' as finding from unnest($1::text[]) as name
				where not exists (select from pg_constraint where conname = name and convalidated)
					and not exists (select from pg_class join pg_index on indexrelid = oid where relname = name and indisunique and indisvalid)`,
				[[...guards, oneOpenHold]],
			)
			const breaches = [missing]
			for (const statement of statements) breaches.push(await queryable.query<Breach>(statement))
			return breaches.flat()
		},
	}
}
