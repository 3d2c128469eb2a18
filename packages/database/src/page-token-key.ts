import type { Queryable } from './queryable.ts'

/** The key that page tokens are signed with: the same for all replicas on one database. */
export async function readPageTokenKey(database: Queryable): Promise<string> {
	const [row] = await database.query<{ key: string }>('select key from page_token_key')
	if (row === undefined) throw new Error('the page token key is missing')
	return row.key
}
