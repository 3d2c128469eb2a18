import type { Database } from '@mercat/database/database'
import { isLockTimeout } from '@mercat/database/errors'
import type { Queryable, Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import { isHeld } from '../held-prices/is-held.ts'
import type { Beginning } from './begin-feed-run.ts'
import type { FeedRunEnd } from './feed-run.ts'
import { feedLockKey, goesOn, lease, renewFeedRun } from './run-lease-store.ts'

export type FeedRunStore = ReturnType<typeof createFeedRunStore>

const lockFeed: Statement = { name: 'lock-feed', text: `select pg_advisory_xact_lock(${feedLockKey})` }

const addFeed: Statement = {
	name: 'add-feed',
	text: 'insert into feed (name) values ($1) on conflict (name) do nothing',
}

const active = `
	select 'active' as kind, run_number as "runNumber",
		extract(epoch from leased_until - clock_timestamp())::float * 1000 as "leaseEndsInMs"
	from feed where name = $1 and leased_until > clock_timestamp()`
const findActiveRun: Statement = { name: 'find-active-feed-run', text: active }

// Renewals wait for it, and see then which run is the latest.
const lockFeedRow: Statement = { name: 'lock-feed-row', text: 'select from feed where name = $1 for update' }

const findRunNumber: Statement = {
	name: 'find-feed-run-number',
	text: 'select run_number as "runNumber" from feed where name = $1',
}

const endForgottenRuns: Statement = {
	name: 'end-forgotten-feed-runs',
	text: `
		update feed_run set ended_at = clock_timestamp(), outcome = 'failed', reason = 'the run ended without a report'
		where feed = $1 and ended_at is null`,
}

const startRun: Statement = {
	name: 'start-feed-run',
	text: `
		with begun as (
			update feed set
				run_number = run_number + 1,
				leased_until = clock_timestamp() + ${lease},
				max_price_change_percent = $2
			where name = $1
			returning run_number, validators
		), started as (
			insert into feed_run (feed, number, started_at) select $1, run_number, clock_timestamp() from begun
		)
		select 'begun' as kind, run_number as "runNumber", validators,
			(select count(*) from held_price where source = $1 and ${isHeld}) as "heldPrices"
		from begun`,
}

const deleteOldRuns: Statement = {
	name: 'delete-old-feed-runs',
	text: 'delete from feed_run where feed = $1 and number <= $2',
}

const keptRuns = 100

const endRun: Statement = {
	name: 'end-feed-run',
	text: `
		with freed as (
			update feed set
				leased_until = '-infinity',
				validators = coalesce($6, validators),
				last_synced_at = case when $3 in ('synced', 'unchanged', 'held') then statement_timestamp() else last_synced_at end
			where ${goesOn}
			returning name
		)
		update feed_run set ended_at = statement_timestamp(), outcome = $3, reason = $4, counts = $5
		from freed
		where feed = freed.name and number = $2 and ended_at is null
		returning number`,
}

const findEnd: Statement = {
	name: 'find-feed-run-end',
	text: 'select from feed_run where feed = $1 and number = $2 and outcome = $3 and reason = $4',
}

export function createFeedRunStore(database: Database) {
	return {
		/** Begins the next run, unless the lease of the one before goes on. */
		async begin(feed: string, maxPriceChangePercent: number, budget?: Budget): Promise<Beginning> {
			const queryable = database.within(budget)
			await queryable.query(addFeed, [feed])
			const [active] = await queryable.query<Beginning>(findActiveRun, [feed])
			if (active !== undefined) return active
			try {
				return await database.transaction((transaction) => beginAlone(transaction, feed, maxPriceChangePercent), budget)
			} catch (error) {
				if (!isLockTimeout(error)) throw error
				// The lease is over, but a request of the run is still at work.
				const [run] = await queryable.query<{ runNumber: number }>(findRunNumber, [feed])
				return { kind: 'active', runNumber: run?.runNumber ?? 0, leaseEndsInMs: 0 }
			}
		},

		/** Undefined when it is not the run of the feed. */
		renew: (feed: string, runNumber: number, budget?: Budget) => renewFeedRun(database.within(budget), feed, runNumber),

		/** Whether the run has ended this way, now or before. */
		async finish(end: FeedRunEnd, budget?: Budget): Promise<'ended' | 'endedBefore' | 'endedOtherwise'> {
			const { feed, runNumber, outcome, reason, counts, validators } = end
			const queryable = database.within(budget)
			const name = [feed, runNumber, outcome, reason]
			const ended = await queryable.query(endRun, [...name, counts, validators ?? null])
			if (ended.length > 0) return 'ended'
			return (await queryable.query(findEnd, name)).length > 0 ? 'endedBefore' : 'endedOtherwise'
		},
	}
}

async function beginAlone(transaction: Queryable, feed: string, maxPriceChangePercent: number): Promise<Beginning> {
	await transaction.query(lockFeed, [feed])
	await transaction.query(lockFeedRow, [feed])
	// The run may have been renewed, or another one may have begun, while this transaction waited for the locks.
	const [active] = await transaction.query<Beginning>(findActiveRun, [feed])
	if (active !== undefined) return active
	await transaction.query(endForgottenRuns, [feed])
	const [begun] = await transaction.query<Beginning>(startRun, [feed, maxPriceChangePercent])
	if (begun === undefined) throw new Error(`the feed ${feed} is gone`)
	await transaction.query(deleteOldRuns, [feed, begun.runNumber - keptRuns])
	return begun
}
