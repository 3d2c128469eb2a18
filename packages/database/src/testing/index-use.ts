import { vi } from 'vitest'
import { openDatabase } from '../database.ts'

/**
 * How many entries an index has given since the database was made. Sessions tell when they end, so that whoever
 * read must have closed theirs; the first scan is waited for.
 */
export async function entriesRead(url: string, index: string): Promise<number> {
	await using database = await openDatabase(url)
	const look = async () => {
		const [row] = await database.query<{ entries: number }>(
			'select idx_tup_read as entries from pg_stat_user_indexes where indexrelname = $1 and idx_scan > 0',
			[index],
		)
		if (row === undefined) throw new Error(`${index} was not scanned`)
		return row.entries
	}
	return vi.waitFor(look, { timeout: 10_000 })
}
