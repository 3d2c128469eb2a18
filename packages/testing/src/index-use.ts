type Database = { query<Row>(statement: string, values?: readonly unknown[]): Promise<Row[]> }

/**
 * How many entries an index has given since the database was made. The session is made to tell now what it has
 * read, and must be the one that read: `database` is asked one statement at a time, so that it keeps to one connection.
 */
export async function entriesRead(database: Database, index: string): Promise<number> {
	// The session tells when it has answered, so the statement after this one sees it.
	await database.query('select pg_stat_force_next_flush()')
	const [row] = await database.query<{ entries: number }>(
		'select idx_tup_read as entries from pg_stat_user_indexes where indexrelname = $1 and idx_scan > 0',
		[index],
	)
	if (row === undefined) throw new Error(`${index} was not scanned`)
	return row.entries
}
