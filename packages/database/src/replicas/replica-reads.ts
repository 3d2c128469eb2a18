import { setTimeout as sleep } from 'node:timers/promises'
import { type Budget, budgetForEach, createBudget } from '@mercat/service/budget'
import { inTime } from '@mercat/service/in-time'
import { Counter } from '@mercat/service/metrics'
import type { Database, Reads } from '../database.ts'
import { DatabaseUnavailableError, OutOfTimeError } from '../statements/errors.ts'
import type { AnyStatement, Queryable, Row, Statement } from '../statements/queryable.ts'
import { defaultTimeoutMs } from '../statements/timed-statements.ts'
import { createReadPosition } from './read-position.ts'

const counts = new Counter({
	name: 'mercat_db_replica_reads_total',
	help: 'Reads that a replica was there for: it answered them, or the primary did because the replica was behind or unavailable.',
	labelNames: ['result'],
})
const answered = counts.labels('answered')
const behind = counts.labels('behind')
const unavailable = counts.labels('unavailable')

// A server that was promoted replays nothing.
const readReplayed: Statement = {
	name: 'read-replayed-position',
	text: `
		select (case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_flush_lsn() end - '0/0')::float8
			as position`,
}

export type ReplicaReadsOptions = {
	/** How long a read waits for a replica that is behind. */
	patienceMs?: number
	/** How long reads go to the primary after the replica was behind or unavailable. */
	restMs?: number
	/** How long a read may take on the replica before the primary is asked. */
	replicaTimeoutMs?: number
}

const pollMs = 5

/**
 * Reads from a replica what is as new as on the primary: each read first learns the position of the primary's log, and is
 * answered by the replica once that has replayed the log so far. So whatever was acknowledged before is visible, to whoever wrote
 * it and to everybody else (a read index, as in section 6.4 of the thesis on Raft). Whenever the replica takes too long, the
 * primary answers.
 */
export function createReplicaReads(
	primary: Reads,
	replica: Pick<Database, 'transaction'>,
	{ patienceMs = 50, restMs = 1_000, replicaTimeoutMs = 250 }: ReplicaReadsOptions = {},
): Reads {
	const readPosition = createReadPosition(primary)
	let restsUntil = 0

	/** The rows on the replica; undefined while it has not replayed the log up to a position. */
	async function readOnce<R>(due: number, read: Read, budget: Budget): Promise<R[] | undefined> {
		return replica.transaction(async ({ query }) => {
			// The second statement sees at least what had been replayed at the time of the first.
			const [[replayed], rows] = await Promise.all([
				query<{ position: number }>(readReplayed),
				query<R>(read.statement, read.values),
			])
			return replayed !== undefined && replayed.position >= due ? rows : undefined
		}, budget)
	}

	async function readPatiently<R>(due: number, read: Read, budget: Budget): Promise<R[] | undefined> {
		const patientUntil = performance.now() + patienceMs
		for (;;) {
			const rows = await readOnce<R>(due, read, budget)
			if (rows !== undefined || performance.now() >= patientUntil) return rows
			await sleep(pollMs)
		}
	}

	/** A server that hangs does not answer in time either. */
	async function readFromReplica<R>(due: number, read: Read, budget: Budget): Promise<R[] | undefined> {
		const ofReplica = createBudget(Math.min(replicaTimeoutMs, budget.remainingMs()), budget)
		return inTime(ofReplica, readPatiently<R>(due, read, ofReplica), () => new OutOfTimeError())
	}

	async function query<R>(read: Read, budget: Budget): Promise<R[]> {
		const fromPrimary = () => primary.within(budget).query<R>(read.statement, read.values)
		if (performance.now() < restsUntil) return fromPrimary()
		const due = await readPosition(budget)
		try {
			const rows = await readFromReplica<R>(due, read, budget)
			if (rows !== undefined) {
				answered.inc()
				return rows
			}
			behind.inc()
		} catch (error) {
			if (!(error instanceof DatabaseUnavailableError) && !(error instanceof OutOfTimeError)) {
				// Its data may be at fault, or the replica does not have a table of the newest migration yet.
				const rows = await fromPrimary()
				behind.inc()
				restsUntil = performance.now() + restMs
				return rows
			}
			unavailable.inc()
		}
		restsUntil = performance.now() + restMs
		return fromPrimary()
	}

	return {
		query: <R = Row>(statement: AnyStatement, values?: readonly unknown[]) =>
			query<R>({ statement, values }, budgetForEach(defaultTimeoutMs)),
		within: (budget = budgetForEach(defaultTimeoutMs)): Queryable => ({
			query: <R = Row>(statement: AnyStatement, values?: readonly unknown[]) => query<R>({ statement, values }, budget),
		}),
	}
}

type Read = { statement: AnyStatement; values: readonly unknown[] | undefined }
