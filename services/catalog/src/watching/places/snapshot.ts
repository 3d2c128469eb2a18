/** A snapshot of the database, as `pg_current_snapshot()` writes it: `xmin:xmax:running,…`. */
export type Snapshot = string

/** Whether what a committed transaction has written shows in the snapshot. */
export function isVisible(snapshot: Snapshot, xid: string): boolean {
	const [xmin = '', xmax = '', running = ''] = snapshot.split(':')
	const id = BigInt(xid)
	if (id < BigInt(xmin)) return true
	return id < BigInt(xmax) && !running.split(',').includes(xid)
}
