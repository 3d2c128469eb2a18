/** A snapshot of the database, as `pg_current_snapshot()` writes it: `xmin:xmax:running,…`. */
export type Snapshot = string

export type DatabaseMoment = {
	/** Which transactions were committed. */
	snapshot: Snapshot
	/** Milliseconds since 1970 by the clock of the database. */
	atMs: number
}

/** The clock of a database is put right by less. */
export const clockStepMs = 60_000

/** Whether what a committed transaction has written shows in the snapshot. */
export function isVisible(snapshot: Snapshot, xid: string): boolean {
	const [xmin = '', xmax = '', running = ''] = snapshot.split(':')
	const id = BigInt(xid)
	if (id < BigInt(xmin)) return true
	return id < BigInt(xmax) && !running.split(',').includes(xid)
}

/** The snapshot that shows the transactions before this one, and no others. */
export function snapshotBefore(xid: string): Snapshot {
	return `${xid}:${xid}:`
}

/**
 * Whether a process that knows all changes until the moment `before` can read the changes since then at `moment`. It cannot when
 * they are deleted after `longestGapMs`, or when the database is another one: a database that was restored goes on with earlier
 * transactions.
 */
export function goesOnFrom(
	moment: DatabaseMoment,
	before: DatabaseMoment,
	{ longestGapMs }: { longestGapMs: number },
): boolean {
	const gapMs = moment.atMs - before.atMs
	const isAway = gapMs > longestGapMs || gapMs < -clockStepMs
	return !isAway && xmaxOf(moment.snapshot) >= xmaxOf(before.snapshot)
}

function xmaxOf(snapshot: Snapshot): bigint {
	const [, xmax = ''] = snapshot.split(':')
	return BigInt(xmax)
}
