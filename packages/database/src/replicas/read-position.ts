import type { Budget } from '@mercat/service/budget'
import type { Database } from '../database.ts'
import type { Statement } from '../statements/queryable.ts'

// A position in the log as a number of bytes, which is exact up to 8 PiB.
const readFlushed: Statement = {
	name: 'read-flushed-position',
	text: "select (pg_current_wal_flush_lsn() - '0/0')::float8 as position",
}

/**
 * Reads the position of the primary's log: every commit that was acknowledged before is at or before it. Those who ask while the
 * primary is being asked wait for the next answer, because the one under way may miss a commit of theirs.
 */
export function createReadPosition(primary: Pick<Database, 'within'>) {
	let underWay: Promise<number> | undefined
	let next: Promise<number> | undefined

	async function ask(budget?: Budget): Promise<number> {
		const [row] = await primary.within(budget).query<{ position: number }>(readFlushed)
		if (row === undefined) throw new Error('a statement without a table gave no row')
		return row.position
	}

	function start(budget?: Budget): Promise<number> {
		const asking = ask(budget).finally(() => {
			if (underWay === asking) underWay = undefined
		})
		underWay = asking
		return asking
	}

	return (budget?: Budget): Promise<number> => {
		if (underWay === undefined) return start(budget)
		next ??= underWay
			.catch(() => {})
			.then(() => {
				next = undefined
				return start(budget)
			})
		return next
	}
}
