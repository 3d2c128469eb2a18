type Database = { query<Row>(statement: string, values?: readonly unknown[]): Promise<Row[]> }

/**
 * How many entries of an index have been read since the database was created. The statistics must come from the session
 * that read the index. So the test must run one statement at a time, which keeps `database` on one connection.
 */
export async function entriesRead(database: Database, index: string): Promise<number> {
	// The session publishes its statistics after this statement, so only the next statement sees them.
	await database.query('select pg_stat_force_next_flush()')
	const [row] = await database.query<{ entries: number }>(
		'select idx_tup_read as entries from pg_stat_user_indexes where indexrelname = $1 and idx_scan > 0',
		[index],
	)
	if (row === undefined) throw new Error(`${index} was not scanned`)
	return row.entries
}
