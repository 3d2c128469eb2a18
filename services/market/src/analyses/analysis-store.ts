import type { Database } from '@mercat/database/database'
import { violatedConstraint } from '@mercat/database/errors'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { Analysis, AnalysisProgress, AnalysisRequest } from './analysis.ts'
import type { JudgingResult } from './judging/judging-result.ts'

// Any number that no other part of the service locks.
const lockKey = 7_236_455_213

const lease = "interval '10 seconds'"

const isLost = "status = 'running' and owned_until < clock_timestamp()"

// One whose process has died is told as failed at once, also before another process has noted it.
const columnsBut = (result: string) => `
	id, source, since as "from", until as "to", settings, created_by as "createdBy", created_at as "createdAt",
	started_at as "startedAt", case when ${isLost} then owned_until else ended_at end as "endedAt", ticks, percent,
	case when ${isLost} then 'failed' else status end as status, reason, ${result} as result`
const columns = columnsBut('result')

const lockAnalyses: Statement = { name: 'lock-analyses', text: `select pg_advisory_xact_lock(${lockKey})` }

const createAnalysis: Statement = {
	name: 'create-analysis',
	text: `
		insert into analysis (id, source, since, until, settings, created_by, status)
		select $1::uuid, $2, $3::timestamptz, $4::timestamptz, $5, $6, 'waiting'
		where (select count(*) from analysis where status = 'waiting') < $7
		returning ${columns}`,
}

const pruneAnalyses: Statement = {
	name: 'prune-analyses',
	text: `
		delete from analysis where ended_at is not null and (created_at, id) <= (
			select created_at, id from analysis order by created_at desc, id desc offset $1 limit 1
		)`,
}

const findAnalysis: Statement = { name: 'find-analysis', text: `select ${columns} from analysis where id = $1` }

const listAnalyses: Statement = {
	name: 'list-analyses',
	text: `select ${columnsBut('null')} from analysis order by created_at desc, id desc`,
}

const failLost: Statement = {
	name: 'fail-lost-analyses',
	text: `
		update analysis set status = 'failed', ended_at = least(owned_until, clock_timestamp()), owner = null
		where status = 'running' and (owned_until < clock_timestamp() or ($2 and owner <> $1::uuid))`,
}

const claimAnalysis: Statement = {
	name: 'claim-analysis',
	text: `
		update analysis set
			status = 'running', owner = $1::uuid, owned_until = clock_timestamp() + ${lease},
			started_at = clock_timestamp(), ticks = 0, percent = 0
		where id = (select id from analysis where status = 'waiting' order by created_at, id limit 1)
			and status = 'waiting' and not exists (select from analysis where status = 'running')
		returning ${columns}`,
}

const isOwned = "id = $1::uuid and status = 'running' and owner = $2::uuid"

const keepAnalysis: Statement = {
	name: 'keep-analysis',
	text: `
		update analysis set owned_until = clock_timestamp() + ${lease}, ticks = $3, percent = $4
		where ${isOwned} returning 1`,
}

const endAnalysis: Statement = {
	name: 'end-analysis',
	text: `
		update analysis set
			status = $3, result = $4, reason = $5, ticks = coalesce($6::bigint, ticks),
			percent = case when $4::text is null then percent else 100 end,
			ended_at = clock_timestamp(), owner = null
		where ${isOwned}`,
}

const giveBackAnalysis: Statement = {
	name: 'give-back-analysis',
	text: `
		update analysis set status = 'waiting', owner = null, started_at = null, ticks = 0, percent = 0
		where ${isOwned}`,
}

const cancelAnalysis: Statement = {
	name: 'cancel-analysis',
	text: `
		update analysis set status = 'cancelled', ended_at = clock_timestamp(), owner = null
		where id = $1::uuid and status in ('waiting', 'running') and not (${isLost})
		returning 1`,
}

type Row = Omit<Analysis, 'settings' | 'result'> & { settings: string; result: string | null }

const lostReason = 'The process that ran it has ended.'

function toAnalysis({ settings, result, ...row }: Row): Analysis {
	return {
		...row,
		settings: JSON.parse(settings),
		result: result === null ? null : JSON.parse(result),
		reason: row.status === 'failed' ? (row.reason ?? lostReason) : null,
	}
}

/** The analyses. An owner is a process that runs one. */
export function createAnalysisStore(database: Database) {
	const isAlone = database.engine === 'pglite'

	return {
		/**
		 * Stores an analysis that waits, and deletes the oldest ones that are over.
		 *
		 * @returns undefined when so many wait already
		 */
		create: (
			id: string,
			{ source, from, to, settings, createdBy }: AnalysisRequest,
			{ mostWaiting, mostKept }: { mostWaiting: number; mostKept: number },
			budget?: Budget,
		): Promise<Analysis | undefined> =>
			database.transaction(async (transaction) => {
				const values = [
					id,
					source,
					from.toISOString(),
					to.toISOString(),
					JSON.stringify(settings),
					createdBy,
					mostWaiting,
				]
				const [, [created]] = await Promise.all([
					transaction.query(lockAnalyses),
					transaction.query<Row>(createAnalysis, values),
					transaction.query(pruneAnalyses, [mostKept]),
				])
				return created && toAnalysis(created)
			}, budget),

		async find(id: string, budget?: Budget): Promise<Analysis | undefined> {
			const [row] = await database.within(budget).query<Row>(findAnalysis, [id])
			return row && toAnalysis(row)
		},

		/** All analyses without their results, the newest first. */
		async list(budget?: Budget): Promise<Analysis[]> {
			return (await database.within(budget).query<Row>(listAnalyses)).map(toAnalysis)
		},

		/** Cancels an analysis that waits or runs. Returns false for any other. */
		async cancel(id: string, budget?: Budget): Promise<boolean> {
			return (await database.within(budget).query(cancelAnalysis, [id])).length > 0
		},

		/** Takes the oldest analysis that waits, when none runs. Notes first that those of processes that are gone have failed. */
		async claim(owner: string): Promise<Analysis | undefined> {
			// The embedded database has one process. One that had an analysis before is gone.
			await database.query(failLost, [owner, isAlone])
			try {
				const [row] = await database.query<Row>(claimAnalysis, [owner])
				return row && toAnalysis(row)
			} catch (error) {
				// Another process has taken one at the same time.
				if (violatedConstraint(error) === 'analysis_running') return undefined
				throw error
			}
		},

		/** Keeps an analysis for longer, and tells how far it is. Returns false when the owner does not have it any more. */
		async keep(id: string, owner: string, { ticks, percent }: AnalysisProgress): Promise<boolean> {
			return (await database.query(keepAnalysis, [id, owner, ticks, percent])).length > 0
		},

		/** Does nothing when the owner does not have the analysis any more. */
		async finish(id: string, owner: string, result: JudgingResult): Promise<void> {
			await database.query(endAnalysis, [id, owner, 'done', JSON.stringify(result), null, result.ticks])
		},

		async fail(id: string, owner: string, reason: string): Promise<void> {
			await database.query(endAnalysis, [id, owner, 'failed', null, reason, null])
		},

		/** Lets an analysis wait for another process, which begins it anew. */
		async giveBack(id: string, owner: string): Promise<void> {
			await database.query(giveBackAnalysis, [id, owner])
		},
	}
}
