import type { Queryable, Statement } from '@mercat/database/queryable'
import { usualMaxPriceChangePercent } from '../held-prices/judge-price.ts'
import { feedRunEnded, leaseMs } from './feed-run.ts'

/** The run that an import belongs to. The number is 0 for an import that is no run of a feed. */
export type ImportRun = { source: string; runNumber: number }

/** What the feed of a source says about prices. */
export type FeedRules = { maxPriceChangePercent: number }

// Requests of a run share this lock, and the beginning of the next run has it alone. So nothing of an older run commits
// after the next run has begun.
export const feedLockKey = "hashtextextended('mercat feed ' || $1::text, 0)"

/** How long a lease lasts from now on. */
export const leaseEnd = `clock_timestamp() + interval '${leaseMs} milliseconds'`

const shareFeed: Statement = {
	name: 'share-feed',
	text: `select pg_advisory_xact_lock_shared(${feedLockKey})`,
}

const findRules: Statement = {
	name: 'find-feed-rules',
	text: 'select max_price_change_percent as "maxPriceChangePercent" from feed where name = $1',
}

const findRun: Statement = {
	name: 'find-feed-run',
	text: `
		select max_price_change_percent as "maxPriceChangePercent"
		from feed join feed_run on feed = name and number = run_number
		where name = $1 and run_number = $2 and ended_at is null`,
}

// A renewal writes the feed only when a part of its lease is over, so that many requests at once do not wait for each other.
const renewAndFindRun: Statement = {
	name: 'renew-feed-run',
	text: `
		with renewed as (
			update feed set leased_until = ${leaseEnd}
			where name = $1 and run_number = $2 and leased_until < ${leaseEnd} - interval '1 second'
				and exists (select from feed_run where feed = $1 and number = $2 and ended_at is null)
		)
		${findRun.text}`,
}

/**
 * The rules of the feed of a source. A run is renewed, also when its lease is over and no other run has begun.
 *
 * @throws CatalogError FEED_RUN_ENDED when the run is not the run of the feed
 */
export async function readRun(queryable: Queryable, { source, runNumber }: ImportRun): Promise<FeedRules> {
	if (runNumber > 0) return firstOf(await queryable.query<FeedRules>(renewAndFindRun, [source, runNumber]), source)
	const [rules] = source === '' ? [] : await queryable.query<FeedRules>(findRules, [source])
	return rules ?? { maxPriceChangePercent: usualMaxPriceChangePercent }
}

/** As {@link readRun}. No other run begins before the transaction ends, which must not have read anything before. */
export async function joinRun(transaction: Queryable, { source, runNumber }: ImportRun): Promise<FeedRules> {
	if (runNumber === 0) return readRun(transaction, { source, runNumber })
	await transaction.query(shareFeed, [source])
	// A statement of its own sees what was committed while this transaction waited for the lock.
	return firstOf(await transaction.query<FeedRules>(findRun, [source, runNumber]), source)
}

function firstOf([rules]: readonly FeedRules[], feed: string): FeedRules {
	if (rules === undefined) throw feedRunEnded(feed)
	return rules
}
