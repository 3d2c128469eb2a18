import type { Queryable } from './statements/queryable.ts'

/** Reads the key that signs page tokens. All replicas on one database have the same key. */
export async function readPageTokenKey(database: Queryable): Promise<string> {
	const [row] = await database.query<{ key: string }>('select key from page_token_key')
	if (row === undefined) throw new Error('the page token key is missing')
	return row.key
}
