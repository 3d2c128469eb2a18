import type { Database } from '@mercat/database/database'
import { budgetForEach } from '@mercat/service/budget'

const patience = budgetForEach(600_000)

// The changes that processes follow. There are none now, and a new one reads the state first. The ids of the transactions in these
// rows are of the other server, and would count as later than any moment here for as long as they are ahead.
const countDeaths = `
	with uncounted as (
		select coalesce(sum(cardinality(dead_docs)), 0) as docs from search_change, search_sweep
		where not pg_visible_in_snapshot(xid, counted)
	)
	update search_sweep set counted = pg_current_snapshot(), dead_since = dead_since + docs::bigint,
		last_death_at = case when docs > 0 then clock_timestamp() else last_death_at end
	from uncounted`
const forgetSearchChanges = 'delete from search_change'
const forgetStockChanges = 'delete from stock_change'
const renewMoment =
	'update search_index set changes_known = pg_current_snapshot(), changes_known_at = clock_timestamp()'

// A rebuild goes on once the transactions of that time are over, and none of them is there.
const goOnWithRebuild = `
	update search_index set check_from = pg_snapshot_xmax(pg_current_snapshot()) where check_from is not null returning 1`

// These entries get their positions here, and so they are told as changes of this server.
const ownWaitingEntries = 'update product_change set xid = pg_current_xact_id() where position is null returning 1'

/** The statements that make a catalog at home on a server to which its tables were copied. */
export function createAdoptionStore(database: Pick<Database, 'transaction'>) {
	return {
		/**
		 * Replaces the ids of transactions of the server that the tables come from. Nothing may use the database meanwhile.
		 *
		 * @returns what was put right, in words
		 */
		adopt: (): Promise<string[]> =>
			database.transaction(async ({ query }) => {
				await query(countDeaths)
				await query(forgetSearchChanges)
				await query(forgetStockChanges)
				await query(renewMoment)
				const rebuilds = await query(goOnWithRebuild)
				const entries = await query(ownWaitingEntries)
				return [
					'the catalog follows the transactions of this server',
					...(rebuilds.length > 0 ? ['the rebuild of the search index goes on'] : []),
					...(entries.length > 0 ? [`changes of products that get their positions here: ${entries.length}`] : []),
				]
			}, patience),
	}
}
