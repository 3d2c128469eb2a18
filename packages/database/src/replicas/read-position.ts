import type { Database } from '../database.ts'
import type { Statement } from '../statements/queryable.ts'

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

/**
 * Reads the position of the primary's log: every commit that was acknowledged before is at or before it. Those who ask while the
 * primary is being asked wait for the next answer, because the one under way may miss a commit of theirs. The question has a time
 * of its own, because it is that of several readers.
 */
export function createReadPosition(primary: Pick<Database, 'query'>) {
	let underWay: Promise<number> | undefined
	let next: Promise<number> | undefined

	async function ask(): Promise<number> {
		const [row] = await primary.query<{ position: number }>(readFlushed)
		if (row === undefined) throw new Error('a statement without a table gave no row')
		return row.position
	}

	function start(): Promise<number> {
		const asking = ask().finally(() => {
			if (underWay === asking) underWay = undefined
		})
		underWay = asking
		return asking
	}

	return (): Promise<number> => {
		if (underWay === undefined) return start()
		next ??= underWay
			.catch(() => {})
			.then(() => {
				next = undefined
				return start()
			})
		return next
	}
}
