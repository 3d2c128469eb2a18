import pg from 'pg'
import { vi } from 'vitest'

/**
 * How many entries of an index were read since the database was made. Sessions tell when they end, so that
 * whoever read must have closed theirs; `scans` are waited for.
 */
export async function entriesRead(url: string, index: string, scans: number): Promise<number> {
	const client = new pg.Client(url)
	await client.connect()
	try {
		return await vi.waitFor(async () => {
			await client.query('select pg_stat_clear_snapshot()')
			const { rows } = await client.query<{ scans: string; entries: string }>(
				'select idx_scan as scans, idx_tup_read as entries from pg_stat_user_indexes where indexrelname = $1',
				[index],
			)
			const [row] = rows
			if (Number(row?.scans) < scans) throw new Error(`${index} was scanned ${row?.scans} times`)
			return Number(row?.entries)
		})
	} finally {
		await client.end()
	}
}
