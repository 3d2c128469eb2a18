import { createBatcher } from '@mercat/service/batcher'
import { type Budget, createBudget } from '@mercat/service/budget'
import { inTime } from '@mercat/service/in-time'
import type { Database } from '../database.ts'
import { OutOfTimeError } from '../statements/errors.ts'
import type { Statement } from '../statements/queryable.ts'
import { defaultTimeoutMs } from '../statements/timed-statements.ts'

// A position in the log as a number of bytes, which is exact up to 8 PiB. A server that was demoted refuses the transaction id with
// 25006, so its sessions are closed; it would refuse the position with an error that says less.
const readFlushed: Statement = {
	name: 'read-flushed-position',
	text: `
		select case
			when pg_is_in_recovery() then pg_current_xact_id()::text::float8
			else (pg_current_wal_flush_lsn() - '0/0')::float8
		end as position`,
}

const outOfTime = () => new OutOfTimeError()

/**
 * Reads the position of the primary's log: every commit that was acknowledged before is at or before it. Those who ask while the
 * primary is being asked wait for the next answer, because the one under way may miss a commit of theirs.
 *
 * @throws OutOfTimeError when the budget of the one who asks is used up
 */
export function createReadPosition(primary: Pick<Database, 'within'>): (budget: Budget) => Promise<number> {
	const shared = createBatcher<undefined, number>({
		name: 'read position',
		gather: process.nextTick,
		mostItems: Number.POSITIVE_INFINITY,
		mostBatches: 1,
		mostWaiting: Number.POSITIVE_INFINITY,
		isItemsFault: () => false,
		overloaded: outOfTime,
		outOfTime,
		async run(items, budget) {
			// The question is that of all who wait, whatever the time of this batch.
			const ofAll = createBudget(defaultTimeoutMs, { trace: budget.trace })
			const [row] = await primary.within(ofAll).query<{ position: number }>(readFlushed)
			if (row === undefined) throw new Error('a statement without a table gave no row')
			return items.map(() => row.position)
		},
	})
	return (budget) => inTime(budget, shared(undefined, budget), outOfTime)
}
