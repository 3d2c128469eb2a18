import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import { isHeld } from '../held-prices/is-held.ts'
import type { FeedGauges } from './feed-gauges.ts'
import type { FeedRun } from './feed-run.ts'
import type { Feed } from './list-feeds.ts'

const runColumns = `
	number, started_at as "startedAt", ended_at as "endedAt", outcome, reason, counts,
	case when ended_at is null and number = run_number then leased_until end as "leasedUntil"`

const listFeeds: Statement = {
	name: 'list-feeds',
	text: `
		select name, last_synced_at as "lastSyncedAt", ${runColumns},
			coalesce(held.prices, 0) as "heldPrices"
		from feed
		left join feed_run on feed = name and number = run_number
		left join (
			select source, count(*) as prices from held_price where ${isHeld} group by source
		) as held on held.source = name
		where name > $1
		order by name limit $2`,
}

const listRuns: Statement = {
	name: 'list-feed-runs',
	text: `
		select ${runColumns} from feed left join feed_run on feed = name and number < $2
		where name = $1
		order by number desc limit $3`,
}

// A feed that nobody runs any more has no age that means anything.
const readGauges: Statement = {
	name: 'read-feed-gauges',
	text: `
		select (select count(*) from held_price where ${isHeld}) as "heldPrices", (
			select coalesce(jsonb_agg(late), '[]') from (
				select feed, extract(epoch from statement_timestamp() - coalesce(last_synced_at, min(started_at)))::float as "ageS"
				from feed join feed_run on feed = name
				group by feed, last_synced_at
				having max(started_at) > statement_timestamp() - interval '7 days'
				order by "ageS" desc limit $1
			) as late
		) as feeds`,
}

type FeedRow = Pick<Feed, 'name' | 'lastSyncedAt' | 'heldPrices'> & RunRow
type RunRow = Omit<FeedRun, 'number'> & { number: number | null }

export type FeedListStore = ReturnType<typeof createFeedListStore>

export function createFeedListStore(database: Database) {
	return {
		async listFeeds(after: string, size: number, budget?: Budget): Promise<Feed[]> {
			const rows = await database.within(budget).query<FeedRow>(listFeeds, [after, size])
			return rows.map(({ name, lastSyncedAt, heldPrices, ...run }) => ({
				name,
				lastSyncedAt,
				heldPrices,
				lastRun: isRun(run) ? run : null,
			}))
		},

		async listRuns(feed: string, before: number, size: number, budget?: Budget): Promise<FeedRun[] | undefined> {
			const rows = await database.within(budget).query<RunRow>(listRuns, [feed, before, size])
			return rows.length === 0 ? undefined : rows.filter(isRun)
		},

		/** What the metrics tell: the feeds that synced longest ago, at most so many. */
		async readGauges(mostFeeds: number): Promise<FeedGauges> {
			const [gauges] = await database.query<FeedGauges>(readGauges, [mostFeeds])
			return gauges ?? { heldPrices: 0, feeds: [] }
		},
	}
}

function isRun(row: RunRow): row is FeedRun {
	return row.number !== null
}
