import type { Queryable, Statement } from '@mercat/database/queryable'
import { leaseMs, type RunTerms } from './feed-run.ts'

/**
 * The key of a lock that requests of a run share, and that the beginning of the next run has alone. So no request of an older
 * run commits after the next run has begun. $1 is the feed.
 */
export const feedLockKey = "hashtextextended('mercat feed ' || $1::text, 0)"
/** How long a lease lasts, as an interval. */
export const lease = `interval '${leaseMs} milliseconds'`

const shareFeed: Statement = {
	name: 'share-feed',
	text: `select pg_advisory_xact_lock_shared(${feedLockKey})`,
}

/**
 * Whether run $2 of the feed $1 goes on, as the row of the feed tells it: the lease of a run that has ended is infinitely long
 * over.
 */
export const goesOn = "name = $1 and run_number = $2 and leased_until > '-infinity'"

const findRun: Statement = {
	name: 'find-feed-run',
	text: `
		select max_price_change_percent as "maxPriceChangePercent", validators is not null as "hasValidators"
		from feed where ${goesOn}`,
}

const forgetValidators: Statement = {
	name: 'forget-feed-validators',
	text: 'update feed set validators = null where name = $1 and validators is not null',
}

/**
 * Makes the next run of a feed ask for all of it. Whoever writes for a source does so first: until the end of a run says
 * so, the products are no version of the feed. The transaction must not have locked a product before.
 */
export async function forgetFeedValidators(transaction: Queryable, feed: string): Promise<void> {
	await transaction.query(forgetValidators, [feed])
}

/**
 * Takes the place of a run for this transaction, which writes for it, and must not have read anything before. No other run
 * begins until its end.
 *
 * @returns the terms of the run; undefined when it is not the run of the feed
 */
export async function enterFeedRun(
	transaction: Queryable,
	feed: string,
	runNumber: number,
): Promise<RunTerms | undefined> {
	await transaction.query(shareFeed, [feed])
	// A statement of its own sees what was committed while this transaction waited for the lock.
	const [run] = await transaction.query<RunTerms & { hasValidators: boolean }>(findRun, [feed, runNumber])
	if (run?.hasValidators) await forgetFeedValidators(transaction, feed)
	return run
}

// A renewal writes the feed only when a part of its lease is over, so that many requests at once do not wait for each other.
// Only then another run could begin at the same moment, and the row that is written tells which of the two was first.
const renewLease: Statement = {
	name: 'renew-feed-run',
	text: `
		with fresh as (
			select max_price_change_percent from feed where ${goesOn} and leased_until >= clock_timestamp() + ${lease} * 0.8
		), renewed as (
			update feed set leased_until = clock_timestamp() + ${lease}
			where ${goesOn} and not exists (select from fresh)
			returning max_price_change_percent
		)
		select max_price_change_percent as "maxPriceChangePercent" from fresh
		union all
		select max_price_change_percent from renewed`,
}

const findTerms: Statement = {
	name: 'find-feed-terms',
	text: 'select max_price_change_percent as "maxPriceChangePercent" from feed where name = $1',
}

/**
 * Extends the lease of a run, also when it is over and no other run has begun.
 *
 * @returns the terms of the run; undefined when it is not the run of the feed
 */
export async function renewFeedRun(
	queryable: Queryable,
	feed: string,
	runNumber: number,
): Promise<RunTerms | undefined> {
	return (await queryable.query<RunTerms>(renewLease, [feed, runNumber]))[0]
}

/** The terms of a feed; undefined for a source without a feed. */
export async function findFeedTerms(queryable: Queryable, feed: string): Promise<RunTerms | undefined> {
	return (await queryable.query<RunTerms>(findTerms, [feed]))[0]
}
